/** What a benchmark reports. A benchmark file `NAME.bench.ts` exports `bench()`. */

export interface BenchResult {
  /** What was measured. */
  name: string;
  /** Of the figures, such as `ms`. */
  unit: string;
  median: number;
  min: number;
  max: number;
  samples: number;
  /** Anything needed to read the figures. */
  note?: string;
}

/** Sums up figures; there must be one at least. */
export function summarise(
  name: string,
  unit: string,
  figures: readonly number[],
  note?: string,
): BenchResult {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[Math.floor(place)] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    name,
    unit,
    median: (at(middle) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
    samples: sorted.length,
    ...(note === undefined ? {} : { note }),
  };
}
