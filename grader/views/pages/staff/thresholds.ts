/** The thresholds of a policy as numbers that can be moved. */

import type { Policy } from '../../../rubric/rubric.js';

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

export interface Threshold {
  title: string;
  value: number;
  /** The policy with another value here. */
  moved(value: number): Policy;
}

export function thresholdsOf(policy: Policy): Threshold[] {
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
export function isPolicy(policy: Policy): boolean {
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
