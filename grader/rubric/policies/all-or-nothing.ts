/** All points up to a failure rate, none above it. */

import { shareInSteps, type RateKind } from './policy-kind.js';
import { shortPercent } from './words.js';

export interface AllOrNothing {
  kind: 'all-or-nothing';
  /** Below 1. */
  atMost: number;
}

export const ALL_OR_NOTHING: RateKind<AllOrNothing> = {
  kind: 'all-or-nothing',
  title: 'all or nothing',
  earnsBy: 'rate',
  fields: { atMost: 'fails at most' },
  example: { kind: 'all-or-nothing', atMost: 0.05 },
  comment: 'all points up to this rate, none above',
  mistakes: ({ atMost }) =>
    atMost < 1 ? [] : [{ path: ['atMost'], message: 'expected less than 100 %' }],
  shareAt: (policy, rate) => shareInSteps(stepsOf(policy), rate),
  steps: stepsOf,
  describe: ({ atMost }) =>
    `all points up to a failure rate of ${shortPercent(atMost)}, none above`,
};

function stepsOf({ atMost }: AllOrNothing) {
  return [{ atMost, share: 1 }];
}
