/** Computes the operating curve of a rubric, exactly; nothing is simulated. */

import type { Calibration } from '../../measured/calibration.js';
import { groupBy } from '../../ground/group-by.js';
import { sumOfPoints } from '../../rubric/hundredths.js';
import { isRatePolicy } from '../../rubric/policies/registry.js';
import { hasSteps } from '../../rubric/policy.js';
import type { Rubric, RubricScenario } from '../../rubric/rubric.js';
import { adviceOn } from './advice.js';
import type { Design } from './design.js';
import { failureBounds } from './failure-bounds.js';
import { falseAlarmCost } from './false-alarm-cost.js';
import { graderOf, type Grader } from './grades.js';
import {
  OPERATING_CURVE_FORMAT,
  type OperatingCurve,
  type PolicyCurve,
  type WholePoint,
} from './operating-curve.js';
import { runsForFewStraddles } from './straddling.js';

/** True failure rates that are looked at. */
const RATES = [0, 0.001, 0.01, 0.03, 0.05, 0.1, 0.2, 0.5, 1];

/**
 * The operating curve of a rubric with so many runs of each scenario, or at most so many with its sequential test; the
 * calibration is that of the kit, if it has one.
 */
export function buildOperatingCurve(
  rubric: Rubric,
  runs: number,
  calibration: Calibration | undefined,
): OperatingCurve {
  const { title, confidence, gradedEnd, straddle, parts, stopping } = rubric;
  const scenarios = parts.flatMap((part) => part.scenarios);
  const design: Design = { runs, confidence, ...(stopping === undefined ? {} : { stopping }) };
  const grade = graderOf(design, gradedEnd);
  const policies = [...groupBy(scenarios, ({ policy }) => JSON.stringify(policy)).values()].map(
    (alike) => policyCurve(alike, design, rubric, grade),
  );
  const curve = {
    format: OPERATING_CURVE_FORMAT,
    title,
    ...design,
    gradedEnd,
    straddle,
    maxPoints: sumOfPoints(scenarios.map(({ points }) => points)),
    scenarios: scenarios.length,
    policies,
    whole: RATES.map((_, index) => wholePoint(policies, index)),
    ...(calibration === undefined
      ? {}
      : { falseAlarms: falseAlarmCost(scenarios, calibration, grade) }),
  } satisfies Omit<OperatingCurve, 'advice'>;
  return { ...curve, advice: adviceOn(curve) };
}

/** The curve of scenarios with one policy. */
function policyCurve(
  alike: readonly [RubricScenario, ...RubricScenario[]],
  { runs, confidence, stopping }: Design,
  { gradedEnd }: Rubric,
  grade: Grader,
): PolicyCurve {
  const [{ policy }] = alike;
  const fixed = stopping === undefined && isRatePolicy(policy) ? policy : undefined;
  const runsFor =
    fixed !== undefined && hasSteps(fixed) ? runsForFewStraddles(fixed, confidence) : undefined;
  return {
    policy,
    scenarios: alike.map(({ scenario }) => scenario),
    maxPoints: sumOfPoints(alike.map(({ points }) => points)),
    ...(fixed === undefined
      ? {}
      : { byFailures: failureBounds(fixed, gradedEnd, runs, confidence) }),
    rates: RATES.map((rate) => ({
      ...grade(policy, rate),
      ...(runsFor === undefined ? {} : { runsForFewStraddles: runsFor(rate) }),
    })),
  };
}

/** The rate of this index in every scenario. */
function wholePoint(policies: readonly PolicyCurve[], index: number): WholePoint {
  const points = policies.flatMap(({ rates, scenarios, maxPoints }) => {
    const point = rates[index];
    return point === undefined ? [] : [{ point, number: scenarios.length, maxPoints }];
  });
  return {
    rate: RATES[index] ?? NaN,
    meanPoints: points.reduce((sum, { point, maxPoints }) => sum + point.meanShare * maxPoints, 0),
    allPoints: points.reduce(
      (product, { point, number }) => product * point.allPoints ** number,
      1,
    ),
    straddling: points.reduce((sum, { point, number }) => sum + point.straddling * number, 0),
  };
}
