/**
 * An interval for a failure rate that holds whenever one looks, also where the failures themselves have decided
 * when to stop. An interval for a fixed number of runs would promise too much then.
 */

import { logBeta } from '../beta.js';
import { CONFIDENCE, type Interval } from '../clopper-pearson.js';

/** Both parameters of the Beta distribution of rates: Jeffreys' prior, which is good for rates near 0 and 1. */
const PRIOR = 0.5;

/**
 * The interval of Robbins' beta-binomial mixture: all failure rates under which the observed runs are at least
 * (1 − confidence) times as likely as under the mixture of all rates. The true rate is in every one of the
 * intervals after 1, 2, 3, ... runs with a probability of at least `confidence`, so it is after any of them.
 * It is wider than the interval for a fixed number. No runs at all give 0 to 1.
 *
 * Source: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of
 * Mathematical Statistics 41 (1970); in today's words S. Howard, A. Ramdas, J. McAuliffe and J. Sekhon,
 * "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49 (2021).
 */
export function anytimeInterval(failures: number, runs: number, confidence = CONFIDENCE): Interval {
  if (runs === 0) return { low: 0, high: 1 };
  const passes = runs - failures;
  const mixture = logBeta(failures + PRIOR, passes + PRIOR) - logBeta(PRIOR, PRIOR);
  const least = mixture + Math.log(1 - confidence);
  const isIn = (rate: number) => logPower(rate, failures) + logPower(1 - rate, passes) >= least;
  const best = failures / runs;
  return { low: edge(best, 0, isIn), high: edge(best, 1, isIn) };
}

/** The last point that is in, on the way from one that is in to an end, by bisection; that end if it is in. */
function edge(inside: number, end: number, isIn: (rate: number) => boolean): number {
  if (isIn(end)) return end;
  let [near, far] = [inside, end];
  for (;;) {
    const middle = (near + far) / 2;
    if (middle === near || middle === far) return far;
    if (isIn(middle)) near = middle;
    else far = middle;
  }
}

/** The logarithm of x to the power of n, where 0 to the power of 0 is 1. */
function logPower(x: number, n: number): number {
  return n === 0 ? 0 : n * Math.log(x);
}
