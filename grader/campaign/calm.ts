/** How many runs a machine bears at once: fewer after each run that it has disturbed, more again after calm. */

import type { RunRecord } from '../../harness/index.js';

/** After so many undisturbed runs in a row, one more may run at once. */
export const CALM_RUNS = 20;

export interface Calm {
  /** Runs at once, by now: at least 1, unless the most is 0. */
  readonly limit: number;
  ended(record: RunRecord): void;
}

/** `most` may change with time. */
export function startCalm(most: () => number): Calm {
  let lowered = 0;
  let calm = 0;
  return {
    get limit() {
      return Math.min(most(), Math.max(1, most() - lowered));
    },
    ended({ verdict, cause }) {
      const isDisturbed = verdict === 'unknown' && cause === 'disturbed';
      calm = isDisturbed ? 0 : calm + 1;
      if (isDisturbed) lowered = Math.max(0, Math.min(most() - 1, lowered + 1));
      if (calm < CALM_RUNS) return;
      calm = 0;
      lowered = Math.max(0, lowered - 1);
    },
  };
}
