/**
 * Medians with bootstrap intervals. The draws depend only on how many values there are, so the same values
 * have the same interval on every machine, and drawing is done once for each length.
 */

import { randomFrom } from '../../harness/index.js';
import { CONFIDENCE, type Interval } from '../statistics.js';

/** How often all values are drawn anew. */
const RESAMPLES = 2000;

/** Where the two values stand in ascending order that make the median of each resample. */
interface Middles {
  low: Uint32Array;
  high: Uint32Array;
}

const middlesOf = new Map<number, Middles>();

/** NaN without any value. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted();
  return meanOf(sorted, Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2));
}

/**
 * The percentile interval of a median: between its lowest and highest values over resamples, as many left out at
 * either end as the confidence allows. For values in pairs, give what is made of each pair: then it is pairs that
 * are drawn. Values may be infinite. Without any value both ends are NaN.
 *
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979).
 */
export function bootstrapMedian(values: readonly number[], confidence = CONFIDENCE): Interval {
  const sorted = Float64Array.from(values).toSorted();
  const { low, high } = drawMiddles(values.length);
  const medians = Float64Array.from(low, (at, n) => meanOf(sorted, at, high[n] ?? at)).toSorted();
  const cut = Math.floor(((1 - confidence) / 2) * RESAMPLES);
  return { low: medians[cut] ?? NaN, high: medians[RESAMPLES - 1 - cut] ?? NaN };
}

function drawMiddles(count: number): Middles {
  const known = middlesOf.get(count);
  if (known !== undefined) return known;
  const random = randomFrom(`bootstrap/${count}`);
  const drawn = { low: new Uint32Array(RESAMPLES), high: new Uint32Array(RESAMPLES) };
  for (let n = 0; n < RESAMPLES; n += 1) {
    const places = Uint32Array.from({ length: count }, () =>
      random.integer(0, count - 1),
    ).toSorted();
    drawn.low[n] = places[Math.floor((count - 1) / 2)] ?? 0;
    drawn.high[n] = places[Math.ceil((count - 1) / 2)] ?? 0;
  }
  middlesOf.set(count, drawn);
  return drawn;
}

function meanOf(sorted: Float64Array, low: number, high: number): number {
  return ((sorted[low] ?? NaN) + (sorted[high] ?? NaN)) / 2;
}
