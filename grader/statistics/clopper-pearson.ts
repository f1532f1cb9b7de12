/**
 * The exact interval for a failure rate, and what it rules out. Numbers in, numbers out; nothing here knows of runs
 * or submissions.
 */

import { inverseIncompleteBeta } from './beta.js';
import { checkCounts } from './binomial.js';

/** How sure an interval is, unless said otherwise. */
export const CONFIDENCE = 0.95;

/** Both ends of an interval for a rate, each from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The Clopper–Pearson interval: for every true failure rate outside it, what was seen, or anything
 * further out, would have come up with a probability of at most (1 − confidence) / 2. It never covers
 * less often than `confidence` says. No runs at all give 0 to 1.
 *
 * Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of
 * the binomial", Biometrika 26 (1934).
 *
 * @throws RangeError unless 0 ≤ failures ≤ runs, both whole, and 0 < confidence < 1.
 */
export function clopperPearson(failures: number, runs: number, confidence = CONFIDENCE): Interval {
  checkCounts(failures, runs);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie between 0 and 1, both excluded; got ${confidence}`);
  }
  const tail = (1 - confidence) / 2;
  return {
    low: failures === 0 ? 0 : inverseIncompleteBeta(tail, failures, runs - failures + 1),
    // The upper end mirrors the lower end of the passes, which keeps small tails exact.
    high: failures === runs ? 1 : 1 - inverseIncompleteBeta(tail, runs - failures, failures + 1),
  };
}

/**
 * The failure rate that this many runs without a failure rule out: any higher rate would have shown
 * itself. It is the upper end of the two-sided interval, so that it agrees with the interval printed
 * beside it; a one-sided bound would be a little lower.
 */
export function ruledOutRate(runs: number, confidence = CONFIDENCE): number {
  return clopperPearson(0, runs, confidence).high;
}
