/** Numbers in words: counts with their noun, shares as percentages. */

/** Larger than what floating-point arithmetic may add to a logarithm. */
const ROUNDING = 1e-6;

/**
 * A rate as a percentage with one decimal, or as many as it takes to keep it apart from 0 % and
 * 100 %. The blank before the sign is left to the caller, so that ranges can share one sign.
 */
export function percent(rate: number): string {
  const value = rate * 100;
  if (value === 0 || value === 100) return String(value);
  const distance = Math.min(value, 100 - value);
  const decimals = Math.max(1, Math.ceil(-Math.log10(distance) - ROUNDING));
  return value.toFixed(Math.min(decimals, 10));
}

/** `0.6–8.5 %`. */
export function percentRange(low: number, high: number): string {
  return `${percent(low)}–${percent(high)} %`;
}

/** `40.0 % (19.1–63.9 %)`: a rate with its interval; `-` where nothing could be judged. */
export function rateWithRange(rate: {
  estimate: number | null;
  low: number;
  high: number;
}): string {
  const { estimate, low, high } = rate;
  return estimate === null ? '-' : `${percent(estimate)} % (${percentRange(low, high)})`;
}

/** `1 run`, `2 runs`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
