/**
 * Wald's sequential test of "the failure rate is acceptable" against "it is unacceptable": after each usable
 * run it says whether enough is known. Numbers in, numbers out.
 *
 * It stops where the likelihood ratio of the two rates reaches 1 / falseAlarm or falls to miss. With these
 * bounds both errors hold exactly, however many runs there may be: the ratio of a fair bet exceeds 1 / α with
 * a probability of at most α (Ville's inequality). Wald's own bounds, (1 − β) / α and β / (1 − α), promise that
 * only nearly. So a test that is broken off errs no more often than a whole one: undecided is neither answer.
 *
 * Source: A. Wald, "Sequential tests of statistical hypotheses", Annals of Mathematical Statistics 16 (1945).
 */

import type { Stopping } from './stopping.js';

export type Decision = 'acceptable' | 'unacceptable';

/**
 * A submission that fails once in a hundred runs is let pass, and one that fails once in ten is not. A sound
 * one is then decided after 32 runs, and one that always fails after 3.
 */
export const DEFAULT_STOPPING: Stopping = {
  acceptable: 0.01,
  unacceptable: 0.1,
  falseAlarm: 0.001,
  miss: 0.05,
};

/** More than what floating-point arithmetic may take from a sum of logarithms that reaches a bound exactly. */
const ROUNDING = 1e-9;

/**
 * The decision after so many usable runs; undefined as long as more are needed. A run that could not be judged may have
 * been a failure: it can delay an acceptable decision, and never leads to the opposite.
 */
export function decide(
  stopping: Stopping,
  failures: number,
  passes: number,
  unjudged = 0,
): Decision | undefined {
  const { step, bounds } = logarithms(stopping);
  if (sumOf(step, failures, passes) >= bounds.unacceptable - ROUNDING) return 'unacceptable';
  const atWorst = sumOf(step, failures + unjudged, passes);
  return atWorst <= bounds.acceptable + ROUNDING ? 'acceptable' : undefined;
}

/**
 * The least number of further usable runs after which it may be decided: only failures, or only passes. None
 * of so many runs can turn out to have been one too many.
 */
export function leastRunsToDecision(
  stopping: Stopping,
  failures: number,
  passes: number,
  unjudged = 0,
): number {
  const { step, bounds } = logarithms(stopping);
  const runs = (bound: number, one: number, sum: number) =>
    Math.max(0, Math.ceil((bound - sum) / one - ROUNDING));
  return Math.min(
    runs(bounds.unacceptable, step.failure, sumOf(step, failures, passes)),
    runs(bounds.acceptable, step.pass, sumOf(step, failures + unjudged, passes)),
  );
}

/** How many further usable runs it takes if they fail as often as these did, to estimate the time that is left. */
export function likelyRunsToDecision(
  stopping: Stopping,
  failures: number,
  passes: number,
  unjudged = 0,
): number {
  const { step, bounds } = logarithms(stopping);
  const rate = failures / Math.max(1, failures + passes);
  const drift = rate * step.failure + (1 - rate) * step.pass;
  const left =
    drift > 0
      ? bounds.unacceptable - sumOf(step, failures, passes)
      : bounds.acceptable - sumOf(step, failures + unjudged, passes);
  return Math.max(0, Math.ceil(left / drift - ROUNDING));
}

/** The step of each run in the logarithm of the likelihood ratio, and the bounds at which that decides. */
function logarithms({ acceptable, unacceptable, falseAlarm, miss }: Stopping) {
  return {
    step: {
      failure: Math.log(unacceptable / acceptable),
      pass: Math.log1p(-unacceptable) - Math.log1p(-acceptable),
    },
    bounds: { unacceptable: -Math.log(falseAlarm), acceptable: Math.log(miss) },
  };
}

function sumOf(step: { failure: number; pass: number }, failures: number, passes: number): number {
  return failures * step.failure + passes * step.pass;
}
