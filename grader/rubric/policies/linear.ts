/** All points up to a failure rate, none from another one on, and in proportion between them. */

import type { RateKind } from './policy-kind.js';
import { shortPercent } from './share-words.js';

export interface Linear {
  kind: 'linear';
  /** All points up to this rate. */
  fullAtMost: number;
  /** No points from this rate on; above `fullAtMost`. */
  noneFrom: number;
}

export const LINEAR: RateKind<Linear> = {
  kind: 'linear',
  title: 'linear',
  earnsBy: 'rate',
  fields: { fullAtMost: 'all points up to', noneFrom: 'none from' },
  example: { kind: 'linear', fullAtMost: 0.01, noneFrom: 0.2 },
  comment: 'all points up to 1 %, falling in proportion to none at 20 %',
  mistakes: ({ fullAtMost, noneFrom }) =>
    fullAtMost < noneFrom
      ? []
      : [{ path: ['noneFrom'], message: 'expected a higher rate than fullAtMost' }],
  shareAt: ({ fullAtMost, noneFrom }, rate) =>
    Math.max(0, Math.min(1, (noneFrom - rate) / (noneFrom - fullAtMost))),
  steps: () => [],
  describe: ({ fullAtMost, noneFrom }) =>
    `all points ${fullAtMost === 0 ? 'at' : 'up to'} ${shortPercent(fullAtMost)}, ` +
    `falling in proportion to none at ${shortPercent(noneFrom)}`,
};
