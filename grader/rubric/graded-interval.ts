/**
 * The interval of a failure rate that a rubric grades: with the rubric's confidence, and where failures are
 * charged in another scenario, without them.
 */

import { failureInterval } from '../tally/failure-interval.js';
import type { Interval } from '../statistics/clopper-pearson.js';
import type { ScenarioTally } from '../tally/scenario-tally.js';

/**
 * With `charged` of the failures counted as such and the others as passes; with all of them and the tally's
 * own confidence it is the tally's own interval.
 */
export function gradedInterval(
  { passed, failed, failureRate }: Pick<ScenarioTally, 'passed' | 'failed' | 'failureRate'>,
  charged: number,
  confidence: number,
): Interval {
  const { low, high, method } = failureRate;
  if (charged === failed && confidence === failureRate.confidence) return { low, high };
  return failureInterval(method, charged, passed + failed, confidence);
}
