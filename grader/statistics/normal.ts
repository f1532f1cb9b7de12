/** The standard normal distribution, as far as intervals need it. Numbers in, numbers out. */

const MOST_TERMS = 500;
const MOST_STEPS = 100;
/** A step of the search that changes no digit that counts. */
const SMALLEST_STEP = 1e-15;

/**
 * The value below which a standard normal variable lies with this probability; good to 1e-10 for probabilities
 * from 1e-6 to 1 − 1e-6.
 *
 * @throws RangeError unless 0 < probability < 1.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability must lie between 0 and 1, both excluded; got ${probability}`);
  }
  let x = 0;
  // Newton's method: from 0 it goes towards the quantile without turning back, since the density falls on the way.
  for (let step = 1, n = 0; Math.abs(step) > SMALLEST_STEP && n < MOST_STEPS; n += 1) {
    step = (probability - normalProbability(x)) / density(x);
    // The first step may be long where the density is still flat.
    x += Math.max(-1, Math.min(1, step));
  }
  return x;
}

/**
 * The probability that a standard normal variable is below x. All terms of the series have one sign, so none of
 * its digits are lost.
 *
 * Source: G. Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11 (2004).
 */
function normalProbability(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < MOST_TERMS && sum + term !== sum; n += 1) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + sum * density(x);
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
