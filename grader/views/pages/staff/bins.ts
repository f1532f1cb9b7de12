/** Points in classes of equal width, for histograms; also in the browser. */

const BINS = 20;
/** On an axis of counts, above zero. */
const MOST_TICKS = 4;

export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** From 0 to `max`; a value on a border belongs above it, and `max` to the last. */
export function bins(values: readonly number[], max: number): Bin[] {
  const width = max / BINS;
  const counts = Array.from({ length: BINS }, () => 0);
  for (const value of values) {
    const place = Math.min(BINS - 1, Math.max(0, Math.floor(value / width)));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count, place) => ({ from: place * width, to: (place + 1) * width, count }));
}

/** For an axis of counts up to `most`: whole numbers from 0, few and distinct, since counts have no fractions. */
export function wholeTicks(most: number): number[] {
  const step = Math.max(1, Math.ceil(most / MOST_TICKS));
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}
