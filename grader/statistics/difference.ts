/** By how much two failure rates differ, with an interval. Numbers in, numbers out. */

import { CONFIDENCE, type Interval } from './clopper-pearson.js';
import type { Failures } from './significance.js';
import { normalQuantile } from './normal.js';

/**
 * Wilson's score interval for a rate: all rates from which what was seen is not further away than chance takes
 * it. It is narrower than the exact interval, and holds its confidence only on average; here it serves to make
 * the interval of a difference. No runs at all give 0 to 1.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927).
 */
export function wilson({ failed, usable }: Failures, confidence = CONFIDENCE): Interval {
  if (usable === 0) return { low: 0, high: 1 };
  const z = normalQuantile((1 + confidence) / 2);
  const rate = failed / usable;
  const middle = rate + (z * z) / (2 * usable);
  const half = z * Math.sqrt((rate * (1 - rate)) / usable + (z / (2 * usable)) ** 2);
  const scale = 1 + (z * z) / usable;
  // At the ends rounding would leave a trace of what is 0 or 1.
  return {
    low: failed === 0 ? 0 : (middle - half) / scale,
    high: failed === usable ? 1 : (middle + half) / scale,
  };
}

/**
 * Newcombe's hybrid score interval for the failure rate of `one` less that of `other`, from −1 to 1.
 *
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison
 * of eleven methods", Statistics in Medicine 17 (1998), method 10.
 */
export function newcombe(one: Failures, other: Failures, confidence = CONFIDENCE): Interval {
  const [p, q] = [one.failed / one.usable, other.failed / other.usable];
  if (Number.isNaN(p) || Number.isNaN(q)) return { low: -1, high: 1 };
  const [a, b] = [wilson(one, confidence), wilson(other, confidence)];
  return {
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  };
}

/**
 * The failure rate of `one` is higher than that of `other` by no more than this, with the confidence given: the
 * upper end of an interval that is open below. Negative if it is surely lower.
 */
export function noWorseThan(one: Failures, other: Failures, confidence = CONFIDENCE): number {
  return newcombe(one, other, 2 * confidence - 1).high;
}
