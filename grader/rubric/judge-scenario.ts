/** What a scenario earns when so many of its failures are charged, and whether staff have to look at it. */

import type { Decision } from '../sequential/wald-test.js';
import type { ScenarioTally } from '../tally.js';
import { gradedInterval } from './graded-interval.js';
import { roundedShare } from './points.js';
import { sharesOf } from './policy.js';
import type { Rubric, RubricScenario } from './rubric.js';
import type { Interval } from '../statistics/clopper-pearson.js';

export interface Judgement {
  points: number;
  /** What the other end of the interval would earn; the same number where the ends agree. */
  otherEndPoints: number;
  interval: Interval;
  review: boolean;
  /** Where a decision is graded, and there is one. */
  decision?: Decision;
}

/** Of a scenario with at least one usable run. */
export function judgeScenario(
  rubric: Rubric,
  { points, policy }: Pick<RubricScenario, 'points' | 'policy'>,
  tally: Pick<ScenarioTally, 'passed' | 'failed' | 'failureRate'>,
  charged: number,
): Judgement {
  const interval = gradedInterval(tally, charged, rubric.confidence);
  const known = { failures: charged, runs: tally.passed + tally.failed, interval };
  const { graded, other, isOpen, ...found } = sharesOf(rubric, policy, known);
  const earned = roundedShare(points, graded);
  const otherEndPoints = roundedShare(points, other);
  // Steps that are worth the same hundredths are one.
  const matters = policy.kind === 'decision' || earned !== otherEndPoints;
  return {
    points: earned,
    otherEndPoints,
    interval,
    review: isOpen && matters && rubric.straddle === 'review',
    ...found,
  };
}
