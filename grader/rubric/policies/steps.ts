/** The share of the first step whose failure rate is not exceeded, else none. */

import { shareInSteps, type Mistake, type RateKind, type Step } from './policy-kind.js';
import { describeShare, shortPercent } from './words.js';

export interface Steps {
  kind: 'steps';
  /** At least one; ascending in `atMost`, descending in `share`. */
  steps: readonly Step[];
}

export const STEPS: RateKind<Steps> = {
  kind: 'steps',
  title: 'steps',
  earnsBy: 'rate',
  fields: { steps: { atMost: 'fails at most', share: 'earns' } },
  example: {
    kind: 'steps',
    steps: [
      { atMost: 0.01, share: 1 },
      { atMost: 0.1, share: 0.5 },
    ],
  },
  comment: '',
  mistakes: ({ steps }) =>
    steps.length === 0
      ? [{ path: ['steps'], message: 'expected at least one step' }]
      : steps.flatMap((step, index) => mistakesIn(step, index, steps[index - 1])),
  shareAt: ({ steps }, rate) => shareInSteps(steps, rate),
  steps: ({ steps }) => steps,
  describe: ({ steps }) => {
    const each = steps.map(
      ({ atMost, share }) => `${describeShare(share)} up to ${shortPercent(atMost)}`,
    );
    return `${each.join(', ')}, none above`;
  },
};

function mistakesIn({ atMost, share }: Step, index: number, before: Step | undefined): Mistake[] {
  const mistake = (key: keyof Step, expected: string): Mistake => ({
    path: ['steps', index, key],
    message: `expected ${expected}`,
  });
  return [
    ...(share > 0 ? [] : [mistake('share', 'a share above 0')]),
    ...(before === undefined || atMost > before.atMost
      ? []
      : [mistake('atMost', 'more than in the step before')]),
    ...(before === undefined || share < before.share
      ? []
      : [mistake('share', 'less than in the step before')]),
  ];
}
