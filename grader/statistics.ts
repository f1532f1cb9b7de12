/**
 * The statistics behind a tally: an exact interval for a failure rate, and the special functions it
 * needs. Numbers in, numbers out; nothing here knows of runs or submissions.
 */

/** How sure an interval is, unless said otherwise. */
export const CONFIDENCE = 0.95;

/** Lanczos' approximation of the gamma function with g = 7 and nine terms; good to about 1e-15. */
const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;

const FRACTION_TERMS = 100_000;
const FRACTION_PRECISION = 1e-15;
/** Relative error that a quotient of logarithms may have; more than it ever does. */
const ROUNDING = 1e-12;
/** Stands in for a zero denominator in the continued fraction. */
const TINY = 1e-300;

/** Both ends of an interval for a rate, each from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The Clopper–Pearson interval: for every true failure rate outside it, what was seen, or anything
 * further out, would have come up with a probability of at most (1 − confidence) / 2. It never covers
 * less often than `confidence` says. No runs at all give 0 to 1.
 *
 * Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of
 * the binomial", Biometrika 26 (1934).
 *
 * @throws RangeError unless 0 ≤ failures ≤ runs, both whole, and 0 < confidence < 1.
 */
export function clopperPearson(failures: number, runs: number, confidence = CONFIDENCE): Interval {
  checkCounts(failures, runs);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie between 0 and 1, both excluded; got ${confidence}`);
  }
  const tail = (1 - confidence) / 2;
  return {
    low: failures === 0 ? 0 : inverseIncompleteBeta(tail, failures, runs - failures + 1),
    // The upper end mirrors the lower end of the passes, which keeps small tails exact.
    high: failures === runs ? 1 : 1 - inverseIncompleteBeta(tail, runs - failures, failures + 1),
  };
}

/**
 * The failure rate that this many runs without a failure rule out: any higher rate would have shown
 * itself. It is the upper end of the two-sided interval, so that it agrees with the interval printed
 * beside it; a one-sided bound would be a little lower.
 */
export function ruledOutRate(runs: number, confidence = CONFIDENCE): number {
  return clopperPearson(0, runs, confidence).high;
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

/** The probability of exactly so many failures in so many runs, each of which fails with the probability `rate`. */
export function binomial(failures: number, runs: number, rate: number): number {
  checkCounts(failures, runs);
  if (rate === 0 || rate === 1) return failures === runs * rate ? 1 : 0;
  const passes = runs - failures;
  const logChoose = logGamma(runs + 1) - logGamma(failures + 1) - logGamma(passes + 1);
  return Math.exp(logChoose + failures * Math.log(rate) + passes * Math.log1p(-rate));
}

/** The probability of at most so many; of fewer than none it is 0. */
export function binomialAtMost(failures: number, runs: number, rate: number): number {
  if (failures < 0) return 0;
  return failures >= runs ? 1 : incompleteBeta(1 - rate, runs - failures, failures + 1);
}

/** The natural logarithm of the gamma function, for x > 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs a positive number; got ${x}`);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const series = LANCZOS.reduce((sum, term, i) => (i === 0 ? term : sum + term / (shifted + i)), 0);
  const t = shifted + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
}

/**
 * The regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is
 * at most x. For 0 ≤ x ≤ 1 and a, b > 0.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`incompleteBeta needs 0 ≤ x ≤ 1; got ${x}`);
  if (x === 0 || x === 1) return x;
  // The fraction converges fast on one side of the mean only; the other side is its mirror image.
  return x < (a + 1) / (a + b + 2)
    ? betaFront(x, a, b) * betaFraction(x, a, b)
    : 1 - betaFront(1 - x, b, a) * betaFraction(1 - x, b, a);
}

/**
 * The x with I_x(a, b) = probability, by bisection down to neighbouring floating-point numbers: slow
 * but unable to diverge, and a report needs a handful of them.
 */
export function inverseIncompleteBeta(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
}

function checkCounts(failures: number, runs: number): void {
  const whole = Number.isSafeInteger(failures) && Number.isSafeInteger(runs);
  if (!whole || failures < 0 || failures > runs) {
    throw new RangeError(
      `failures and runs must be whole numbers with 0 ≤ failures ≤ runs; got ${failures} of ${runs}`,
    );
  }
}

/** x^a (1−x)^b / (a B(a, b)), the factor before the continued fraction. */
function betaFront(x: number, a: number, b: number): number {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  return Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
}

/** The continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let c = 1;
  let value = d;
  for (let m = 1; m <= FRACTION_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      step = c * d;
      value *= step;
    }
    if (Math.abs(step - 1) < FRACTION_PRECISION) return value;
  }
  throw new RangeError(`incompleteBeta did not converge for x=${x}, a=${a}, b=${b}`);
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
