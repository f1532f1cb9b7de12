/**
 * Medians with bootstrap intervals. The draws depend only on how many values there are, so the same values
 * have the same interval on every machine, and drawing is done once for each length.
 */

import { randomFrom } from '../../harness/index.js';
import { CONFIDENCE, type Interval } from './clopper-pearson.js';

/** How often the values are resampled. */
const RESAMPLES = 2000;

/** Where the two values stand in ascending order that make the median of so many resamples. */
interface Middle {
  low: number;
  high: number;
  times: number;
}

const middlesOf = new Map<number, readonly Middle[]>();

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
  const medians = drawMiddles(values.length)
    .map(({ low, high, times }) => ({ value: meanOf(sorted, low, high), times }))
    .toSorted((a, b) => a.value - b.value);
  const cut = Math.floor(((1 - confidence) / 2) * RESAMPLES);
  return { low: valueAt(medians, cut), high: valueAt(medians, RESAMPLES - 1 - cut) };
}

/** The value at this place, from 0, where each stands as often as it came up. */
function valueAt(ascending: readonly { value: number; times: number }[], place: number): number {
  let passed = 0;
  for (const { value, times } of ascending) {
    passed += times;
    if (passed > place) return value;
  }
  return NaN;
}

/** Resamples have few different middles, so these are what is kept. */
function drawMiddles(count: number): readonly Middle[] {
  const known = middlesOf.get(count);
  if (known !== undefined) return known;
  const random = randomFrom(`bootstrap/${count}`);
  const drawn = new Map<string, Middle>();
  for (let n = 0; n < RESAMPLES; n += 1) {
    const places = Uint32Array.from({ length: count }, () =>
      random.integer(0, count - 1),
    ).toSorted();
    const low = places[Math.floor((count - 1) / 2)] ?? 0;
    const high = places[Math.ceil((count - 1) / 2)] ?? 0;
    const middle = drawn.get(`${low} ${high}`) ?? { low, high, times: 0 };
    drawn.set(`${low} ${high}`, { ...middle, times: middle.times + 1 });
  }
  const middles = [...drawn.values()];
  middlesOf.set(count, middles);
  return middles;
}

function meanOf(sorted: Float64Array, low: number, high: number): number {
  return ((sorted[low] ?? NaN) + (sorted[high] ?? NaN)) / 2;
}
