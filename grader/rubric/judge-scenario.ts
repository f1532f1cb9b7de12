/** What a scenario earns when so many of its failures are charged, and whether staff have to look at it. */

import type { ScenarioTally } from '../tally.js';
import { gradedInterval } from './graded-interval.js';
import { roundedShare } from './points.js';
import { hasSteps, shareAt } from './policy.js';
import type { Rubric, RubricScenario } from './rubric.js';
import type { Interval } from '../statistics/clopper-pearson.js';

export interface Judgement {
  points: number;
  /** What the other end of the interval would earn; the same number where the ends agree. */
  otherEndPoints: number;
  interval: Interval;
  review: boolean;
}

/** Of a scenario with at least one usable run. */
export function judgeScenario(
  rubric: Rubric,
  { points, policy }: Pick<RubricScenario, 'points' | 'policy'>,
  tally: Pick<ScenarioTally, 'passed' | 'failed' | 'failureRate'>,
  charged: number,
): Judgement {
  const interval = gradedInterval(tally, charged, rubric.confidence);
  const earned = (end: 'low' | 'high') => roundedShare(points, shareAt(policy, interval[end]));
  const graded = earned(rubric.gradedEnd);
  const otherEndPoints = earned(rubric.gradedEnd === 'low' ? 'high' : 'low');
  const straddles = hasSteps(policy) && graded !== otherEndPoints;
  return {
    points: graded,
    otherEndPoints,
    interval,
    review: straddles && rubric.straddle === 'review',
  };
}
