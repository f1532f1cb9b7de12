/**
 * Boschloo's exact test. Fisher's test asks only about tables with as many failures in all as were seen, and so
 * is more careful than it promises to be; this one asks the same of all tables, and finds more at the same risk.
 */

import { fisherExact, ROUNDING, type Failures } from './significance.js';

/** Points at which the risk is looked at, for each standard deviation of the number of failures. */
const POINTS = 8;
/** Steps by which a maximum between two points is closed in; each leaves 62 % of the distance. */
const CLOSING_STEPS = 50;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Boschloo's exact test, two-sided: how likely a table is that Fisher's test finds at least as telling as this
 * one, if both have the same failure rate, at that rate at which it is most likely. From 0 to 1, never above
 * Fisher's. Its time grows with the square of the runs.
 *
 * Source: R. D. Boschloo, "Raised conditional level of significance for the 2 × 2-table when testing the
 * equality of two probabilities", Statistica Neerlandica 24 (1970).
 */
export function boschloo(a: Failures, b: Failures): number {
  const fisher = fisherExact(a, b);
  if (fisher >= 1 - ROUNDING) return 1;
  const usable = a.usable + b.usable;
  const logChoose = chooseUpTo(usable);
  const sizes = Array.from({ length: usable + 1 }, (_, failed) =>
    sizeAt(likelihoods(a.usable, b.usable, failed, logChoose), fisher * (1 + ROUNDING)),
  );
  const weights = sizes.map((size, failed) => Math.log(size) + logChoose(usable, failed));
  // On this scale of angles, the number of failures varies by the same amount everywhere.
  const riskAt = (angle: number) => {
    const [fails, passes] = [2 * Math.log(Math.sin(angle)), 2 * Math.log(Math.cos(angle))];
    return weights.reduce(
      (sum, weight, failed) => sum + Math.exp(weight + failed * fails + (usable - failed) * passes),
      0,
    );
  };
  return Math.min(1, highest(riskAt, Math.ceil(Math.PI * Math.sqrt(usable) * POINTS)));
}

/** Probability of each division of the failures between the two, if both fail equally often. */
function likelihoods(
  usableA: number,
  usableB: number,
  failed: number,
  logChoose: (n: number, k: number) => number,
): number[] {
  const least = Math.max(0, failed - usableB);
  const all = logChoose(usableA + usableB, failed);
  return Array.from({ length: Math.min(failed, usableA) - least + 1 }, (_, more) => {
    const inA = least + more;
    return Math.exp(logChoose(usableA, inA) + logChoose(usableB, failed - inA) - all);
  });
}

/** How likely one of those divisions is that Fisher's test gives at most this probability. */
function sizeAt(likely: readonly number[], bound: number): number {
  const ascending = likely.toSorted((x, y) => x - y);
  let size = 0;
  let sum = 0;
  for (const [index, one] of ascending.entries()) {
    sum += one;
    const next = ascending[index + 1] ?? Infinity;
    // Divisions that are equally likely count together.
    if (next > one * (1 + ROUNDING) && sum <= bound) size = sum;
  }
  return size;
}

/** The highest value of a function between 0 and a right angle, which has no peak narrower than the points are apart. */
function highest(valueAt: (angle: number) => number, points: number): number {
  const step = Math.PI / 2 / points;
  const values = Array.from({ length: points - 1 }, (_, index) => valueAt((index + 1) * step));
  const peaks = values.flatMap((value, index) => {
    const isPeak = value >= (values[index - 1] ?? 0) && value >= (values[index + 1] ?? 0);
    return isPeak ? [peakBetween(valueAt, index * step, (index + 2) * step)] : [];
  });
  return Math.max(...peaks);
}

/** The highest value between two angles with a single peak between them. */
function peakBetween(valueAt: (angle: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let n = 0; n < CLOSING_STEPS; n += 1) {
    const reach = GOLDEN * (high - low);
    if (valueAt(high - reach) >= valueAt(low + reach)) high = low + reach;
    else low = high - reach;
  }
  return valueAt((low + high) / 2);
}

/** The logarithm of the number of ways to choose k of n, for n up to `most`. */
function chooseUpTo(most: number): (n: number, k: number) => number {
  const logFactorials = [0];
  for (let n = 1; n <= most; n += 1)
    logFactorials.push((logFactorials[n - 1] ?? NaN) + Math.log(n));
  const of = (n: number) => logFactorials[n] ?? NaN;
  return (n, k) => of(n) - of(k) - of(n - k);
}
