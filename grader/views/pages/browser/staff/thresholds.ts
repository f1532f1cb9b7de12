/** Inputs for the thresholds of a policy, in percent: each a slider and a number that say the same. */

import type { Policy } from '#grader/rubric/rubric.js';
import { make } from './dom.js';

/** What a policy of each kind is before anything is moved. */
export const STANDARD_POLICIES: readonly Policy[] = [
  { kind: 'all-or-nothing', atMost: 0.05 },
  { kind: 'linear', fullAtMost: 0, noneFrom: 0.5 },
  {
    kind: 'steps',
    steps: [
      { atMost: 0.01, share: 1 },
      { atMost: 0.1, share: 0.5 },
    ],
  },
  { kind: 'decision', undecided: 0.5 },
];

interface Threshold {
  title: string;
  value: number;
  /** The policy with another value here. */
  moved(value: number): Policy;
}

/** Only what is a policy is told to `onMove`; other inputs are marked as invalid. */
export function thresholdInputs(policy: Policy, onMove: (moved: Policy) => void): HTMLElement[] {
  let current = policy;
  return thresholdsOf(policy).map(({ title }, index) => {
    const value = () => thresholdsOf(current)[index]?.value ?? 0;
    const number = input('number', title, value());
    const slider = input('range', `${title}, slider`, value());
    const move = (from: HTMLInputElement, to: HTMLInputElement) => () => {
      to.value = from.value;
      const moved = thresholdsOf(current)[index]?.moved(Number(from.value) / 100);
      const valid = from.value !== '' && moved !== undefined && isPolicy(moved);
      number.setAttribute('aria-invalid', String(!valid));
      if (!valid) return;
      current = moved;
      onMove(moved);
    };
    number.addEventListener('input', move(number, slider));
    slider.addEventListener('input', move(slider, number));
    return make('span', { class: 'threshold' }, `${title} `, slider, number, ' %');
  });
}

function thresholdsOf(policy: Policy): Threshold[] {
  switch (policy.kind) {
    case 'all-or-nothing':
      return [
        {
          title: 'fails at most',
          value: policy.atMost,
          moved: (atMost) => ({ ...policy, atMost }),
        },
      ];
    case 'linear':
      return [
        {
          title: 'all points up to',
          value: policy.fullAtMost,
          moved: (fullAtMost) => ({ ...policy, fullAtMost }),
        },
        {
          title: 'none from',
          value: policy.noneFrom,
          moved: (noneFrom) => ({ ...policy, noneFrom }),
        },
      ];
    case 'steps':
      return policy.steps.flatMap((_, index) => stepThresholds(policy, index));
    case 'decision':
      return [
        {
          title: 'undecided earns',
          value: policy.undecided,
          moved: (undecided) => ({ ...policy, undecided }),
        },
      ];
  }
}

function stepThresholds(policy: Policy & { kind: 'steps' }, index: number): Threshold[] {
  const step = policy.steps[index] ?? { atMost: 0, share: 0 };
  const withStep = (changes: Partial<typeof step>): Policy => ({
    ...policy,
    steps: policy.steps.map((one, place) => (place === index ? { ...one, ...changes } : one)),
  });
  return [
    {
      title: `step ${index + 1}: fails at most`,
      value: step.atMost,
      moved: (atMost) => withStep({ atMost }),
    },
    {
      title: `step ${index + 1}: earns`,
      value: step.share,
      moved: (share) => withStep({ share }),
    },
  ];
}

/** As the file of a rubric demands it. */
function isPolicy(policy: Policy): boolean {
  switch (policy.kind) {
    case 'all-or-nothing':
      return policy.atMost >= 0 && policy.atMost < 1;
    case 'linear':
      return policy.fullAtMost >= 0 && policy.fullAtMost < policy.noneFrom && policy.noneFrom <= 1;
    case 'steps':
      return policy.steps.every(({ atMost, share }, index) => {
        const before = policy.steps[index - 1] ?? { atMost: -1, share: Infinity };
        const inRange = atMost >= 0 && atMost <= 1 && share > 0 && share <= 1;
        return inRange && atMost > before.atMost && share < before.share;
      });
    case 'decision':
      return policy.undecided >= 0 && policy.undecided <= 1;
  }
}

function input(type: 'number' | 'range', label: string, value: number): HTMLInputElement {
  const step = type === 'number' ? 'any' : '0.5';
  const made = make('input', { type, min: '0', max: '100', step, 'aria-label': `${label}, %` });
  made.value = String(Number((value * 100).toFixed(6)));
  return made;
}
