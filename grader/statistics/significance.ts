/**
 * Whether two failure rates differ by more than chance makes them differ, and how sure that still is where
 * many were compared. Numbers in, numbers out.
 */

import { logChoose } from './binomial.js';

/** Up to this probability of being chance alone, after all comparisons are counted, a difference counts. */
export const SIGNIFICANCE = 0.05;

/** Probabilities that differ by less, relatively, are the same table read the other way round. */
export const ROUNDING = 1e-7;

/** Failures among usable runs. */
export interface Failures {
  failed: number;
  usable: number;
}

/**
 * Fisher's exact test, two-sided: if both had the same failure rate, how likely are so many failures on
 * either side, or any division of the same failures that is at most as likely? From 0 to 1; it is exact for
 * any number of runs.
 *
 * Source: R. A. Fisher, "On the interpretation of χ² from contingency tables, and the calculation of P",
 * Journal of the Royal Statistical Society 85 (1922).
 */
export function fisherExact(a: Failures, b: Failures): number {
  const failed = a.failed + b.failed;
  const usable = a.usable + b.usable;
  const likelihood = (inA: number) =>
    Math.exp(
      logChoose(a.usable, inA) + logChoose(b.usable, failed - inA) - logChoose(usable, failed),
    );
  const seen = likelihood(a.failed) * (1 + ROUNDING);
  let sum = 0;
  const most = Math.min(failed, a.usable);
  for (let inA = Math.max(0, failed - b.usable); inA <= most; inA += 1) {
    const one = likelihood(inA);
    if (one <= seen) sum += one;
  }
  return Math.min(1, sum);
}

/**
 * Holm's correction: the probabilities of several tests, each as large as it must be taken for where all of
 * them were looked at. Whatever the tests have to do with each other, the probability that any difference
 * below a bound is chance stays below that bound. In the order given.
 *
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6 (1979).
 */
export function holm(probabilities: readonly number[]): number[] {
  const ascending = [...probabilities.entries()].toSorted(([, a], [, b]) => a - b);
  const corrected = new Map<number, number>();
  let largest = 0;
  for (const [rank, [index, probability]] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, probability * (ascending.length - rank)));
    corrected.set(index, largest);
  }
  return probabilities.map((probability, index) => corrected.get(index) ?? probability);
}

/**
 * Benjamini and Hochberg's correction: if all differences up to such a value are taken for real, no more than this
 * share of them is expected to be chance. It misses less than Holm's where many were compared, and promises less:
 * it is for finding where to look, not for accusing. Of tests that are independent or agree. In the order given.
 *
 * Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate: a practical and powerful approach
 * to multiple testing", Journal of the Royal Statistical Society B 57 (1995).
 */
export function benjaminiHochberg(probabilities: readonly number[]): number[] {
  const descending = [...probabilities.entries()].toSorted(([, a], [, b]) => b - a);
  const corrected = new Map<number, number>();
  let smallest = 1;
  for (const [rank, [index, probability]] of descending.entries()) {
    const share = descending.length / (descending.length - rank);
    smallest = Math.min(smallest, probability * share);
    corrected.set(index, smallest);
  }
  return probabilities.map((probability, index) => corrected.get(index) ?? probability);
}
