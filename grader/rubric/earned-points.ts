/**
 * The points of a scenario when so many of its failures are charged, and whether staff have to look at it.
 *
 * A run that was planned and could not be judged, or was not done, may have been a failure. So the points are those
 * that would be earned if it was one: they can only rise by what is known. Where that makes a difference the points are
 * undecided, and staff decide. So a failure that becomes unknown earns nothing, and neither does a run that is missing.
 */

import type { Decision } from '../statistics/sequential/wald-test.js';
import type { ScenarioTally } from '../tally/scenario-tally.js';
import { failureInterval } from '../tally/failure-interval.js';
import { gradedInterval } from './graded-interval.js';
import { roundedShare } from './hundredths.js';
import { isRatePolicy } from './policies/registry.js';
import { rateAt, sharesOf } from './policy.js';
import type { Rubric, RubricScenario } from './rubric.js';
import type { Interval } from '../statistics/clopper-pearson.js';

/** The counted runs of a scenario. */
export type CountedRuns = Pick<ScenarioTally, 'planned' | 'passed' | 'failed' | 'failureRate'>;

export interface EarnedPoints {
  /** Points with the runs that could not be judged taken for failures. */
  points: number;
  /** Points with these runs left out. */
  pointsIfLeftOut: number;
  /** Points by the other end of the interval; the same number where the ends agree. */
  otherEndPoints: number;
  /** Interval of the failure rate in the runs that could be judged. */
  interval: Interval;
  /** The rate in it that counts; the interval's end, and with few runs no less than the rate that was seen. */
  rate: number;
  /** Whether no run has passed, those counted that are charged in another scenario. */
  nothingPassed: boolean;
  /** Planned runs that could not be judged or were not done. */
  unjudged: number;
  review: boolean;
  /** Whether there are too few runs to know. */
  isTooFew: boolean;
  /** Where a decision is graded, and there is one. */
  decision?: Decision;
}

/** The points of a scenario with at least one usable run. */
export function earnedPoints(
  rubric: Rubric,
  { points, policy }: Pick<RubricScenario, 'points' | 'policy'>,
  tally: CountedRuns,
  charged: number,
): EarnedPoints {
  const usable = tally.passed + tally.failed;
  const unjudged = Math.max(0, tally.planned - usable);
  const known = {
    failures: charged,
    runs: usable,
    planned: tally.planned,
    interval: gradedInterval(tally, charged, rubric.confidence),
  };
  const { graded, other, isOpen, isTooFew, ...found } = sharesOf(rubric, policy, known);
  const pointsIfLeftOut = roundedShare(points, graded);
  const otherEndPoints = roundedShare(points, other);
  const earned =
    unjudged === 0
      ? pointsIfLeftOut
      : roundedShare(points, worstShare(rubric, policy, tally, charged));
  // Steps that are worth the same hundredths are one.
  const matters = !isRatePolicy(policy) || pointsIfLeftOut !== otherEndPoints;
  const isUndecided = earned !== pointsIfLeftOut || isTooFew;
  return {
    points: earned,
    pointsIfLeftOut,
    otherEndPoints,
    interval: known.interval,
    rate: rateAt(rubric.gradedEnd, known),
    nothingPassed: charged === usable,
    unjudged,
    isTooFew,
    review: isUndecided || (isOpen && matters && rubric.straddle === 'review'),
    ...found,
  };
}

/** If all that could not be judged has failed. */
function worstShare(
  rubric: Rubric,
  policy: RubricScenario['policy'],
  tally: CountedRuns,
  charged: number,
): number {
  const failures = tally.planned - tally.passed - tally.failed + charged;
  const runs = tally.planned;
  const { method } = tally.failureRate;
  const interval = failureInterval(method, failures, runs, rubric.confidence);
  return sharesOf(rubric, policy, { failures, runs, interval }).graded;
}
