/**
 * Points are counted in hundredths, which are whole numbers: they are rounded once, where a scenario earns
 * them, and all sums of them are exact.
 */

/** Larger than what floating-point arithmetic may take off a product that lies halfway between two numbers. */
const ROUNDING = 1e-12;

/** A share of points, from 0 to 1, rounded to 2 digits, half up. */
export function roundedShare(points: number, share: number): number {
  return Math.floor(toHundredths(points) * share * (1 + ROUNDING) + 0.5) / 100;
}

/** Points out of one maximum as points out of another, rounded to 2 digits, half up; exact, and full stays full. */
export function scaledPoints(points: number, from: number, to: number): number {
  const product = BigInt(toHundredths(points)) * BigInt(toHundredths(to));
  const divisor = BigInt(toHundredths(from));
  return Number((2n * product + divisor) / (2n * divisor)) / 100;
}

/** The sum of points that have at most 2 digits each. */
export function sumOfPoints(points: readonly number[]): number {
  return points.reduce((sum, one) => sum + toHundredths(one), 0) / 100;
}

/** Whether a number of points has at most 2 digits after the point. */
export function isWholeInHundredths(points: number): boolean {
  return toHundredths(points) / 100 === points;
}

/**
 * Points divided by weights, each share with at most 2 digits, so that they add up to what was divided; what
 * rounding leaves goes to those that it cost most, the earlier of equals.
 */
export function divideByWeight(points: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (toHundredths(points) * weight) / total);
  const whole = exact.map((share) => Math.floor(share * (1 + ROUNDING)));
  const left = toHundredths(points) - whole.reduce((sum, share) => sum + share, 0);
  const cost = (index: number) => (exact[index] ?? 0) - (whole[index] ?? 0);
  const favoured = new Set(
    [...weights.keys()].toSorted((a, b) => cost(b) - cost(a) || a - b).slice(0, left),
  );
  return whole.map((share, index) => (share + (favoured.has(index) ? 1 : 0)) / 100);
}

function toHundredths(points: number): number {
  return Math.round(points * 100);
}
