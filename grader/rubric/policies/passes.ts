/** The linear policy, written by the rates of passes: no points at one, all points at the other. */

import type { Linear } from './linear.js';
import type { Alias } from './policy-kind.js';

export interface Passes {
  kind: 'passes';
  /** No points up to this rate of passes. */
  from: number;
  /** All points from this rate of passes on; above `from`. */
  to: number;
}

export const PASSES: Alias<Passes, Linear> = {
  kind: 'passes',
  earnsBy: 'alias',
  fields: { from: 'none at', to: 'all points at' },
  example: { kind: 'passes', from: 0.5, to: 1 },
  comment: 'the same kind by the rate of passes: none at 50 %, all at 100 %',
  mistakes: ({ from, to }) =>
    from < to ? [] : [{ path: ['to'], message: 'expected a higher rate than from' }],
  meaning: ({ from, to }) => ({
    kind: 'linear',
    fullAtMost: complement(to),
    noneFrom: complement(from),
  }),
};

/** Without the digits that floating-point arithmetic adds. */
function complement(rate: number): number {
  return Number((1 - rate).toFixed(12));
}
