/** How likely so many failures are where each run fails with the same probability, and how many runs show one. */

import { incompleteBeta, logGamma } from './beta.js';

/** Relative error that a quotient of logarithms may have; more than it ever does. */
const ROUNDING = 1e-12;

/** The probability of exactly so many failures in so many runs, each of which fails with the probability `rate`. */
export function binomial(failures: number, runs: number, rate: number): number {
  checkCounts(failures, runs);
  if (rate === 0 || rate === 1) return failures === runs * rate ? 1 : 0;
  const passes = runs - failures;
  return Math.exp(
    logChoose(runs, failures) + failures * Math.log(rate) + passes * Math.log1p(-rate),
  );
}

/** The probability of at most so many; of fewer than none it is 0. */
export function binomialAtMost(failures: number, runs: number, rate: number): number {
  if (failures < 0) return 0;
  return failures >= runs ? 1 : incompleteBeta(1 - rate, runs - failures, failures + 1);
}

/**
 * The runs after which something that shows itself in a run with this probability has shown itself at
 * least once with this certainty: ⌈log(1 − certainty) / log(1 − probability)⌉, and at least 1. With
 * probability 0 no number is enough: Infinity.
 *
 * @throws RangeError unless 0 ≤ probability ≤ 1 and 0 < certainty < 1.
 */
export function runsNeeded(probability: number, certainty: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability lies between 0 and 1; got ${probability}`);
  }
  if (!(certainty > 0 && certainty < 1)) {
    throw new RangeError(`certainty must lie between 0 and 1, both excluded; got ${certainty}`);
  }
  if (probability === 0) return Infinity;
  const runs = Math.log1p(-certainty) / Math.log1p(-probability);
  // Where the quotient is whole, rounding must not make it one more.
  return Math.max(1, Math.ceil(runs * (1 - ROUNDING)));
}

/** The logarithm of the number of ways to choose k of n. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** @throws RangeError unless 0 ≤ failures ≤ runs, both whole. */
export function checkCounts(failures: number, runs: number): void {
  const whole = Number.isSafeInteger(failures) && Number.isSafeInteger(runs);
  if (!whole || failures < 0 || failures > runs) {
    throw new RangeError(
      `failures and runs must be whole numbers with 0 ≤ failures ≤ runs; got ${failures} of ${runs}`,
    );
  }
}
