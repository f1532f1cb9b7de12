/** A policy as bounds on the number of failures among a fixed number of runs. */

import { shareOf } from '../../rubric/policy.js';
import type { RatePolicy } from '../../rubric/policies/registry.js';
import type { GradedEnd } from '../../rubric/rubric.js';
import { clopperPearson } from '../../statistics/clopper-pearson.js';
import type { FailureBounds } from './operating-curve.js';

/** The bounds; shares of points never rise with failures, so that they can be searched for. */
export function failureBounds(
  policy: RatePolicy,
  gradedEnd: GradedEnd,
  runs: number,
  confidence: number,
): FailureBounds {
  const share = (failures: number) =>
    shareOf(policy, gradedEnd, {
      failures,
      runs,
      interval: clopperPearson(failures, runs, confidence),
    });
  const notAllFrom = firstWhere(runs, (failures) => share(failures) < 1);
  return {
    allUpTo: notAllFrom === 0 ? null : notAllFrom - 1,
    noneFrom: firstWhere(runs, (failures) => share(failures) === 0),
  };
}

/**
 * The first number from 0 to `most` at which it holds, where it then holds for every larger one; one more than
 * `most` if there is none.
 */
export function firstWhere(most: number, holds: (number: number) => boolean): number {
  let [low, high] = [0, most + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
