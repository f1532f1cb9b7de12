/** The points of one scenario of a submission, with the reason. */

import type { ScenarioTally } from '../tally/scenario-tally.js';
import type { Charges, SortedFailures } from './charge-once.js';
import type { Charging } from './charging.js';
import {
  describeRule,
  describeUnjudged,
  isThin,
  LEFT_OUT_RULE,
  NOT_RUN_RULE,
  type ChargedElsewhere,
} from './describe-rule.js';
import type { ScenarioGrade } from './grade.js';
import { earnedPoints } from './earned-points.js';
import type { Rubric, RubricScenario } from './rubric.js';

/** The facts by which a submission is graded. */
export interface Grading {
  rubric: Rubric;
  /** By scenario. */
  tallies: ReadonlyMap<string, ScenarioTally>;
  charging: Charging;
  /** Ids of scenarios that it does not run. */
  leftOut: ReadonlySet<string>;
}

export function gradeScenario(grading: Grading, worth: RubricScenario): ScenarioGrade {
  const { rubric, tallies, charging, leftOut } = grading;
  if (leftOut.has(worth.scenario)) return gradeOpen(worth, LEFT_OUT_RULE);
  const tally = tallies.get(worth.scenario);
  if (tally === undefined) return gradeOpen(worth, NOT_RUN_RULE);
  const failures = charging.failures.get(worth.scenario);
  if (failures === undefined) return gradeUnjudged(rubric, worth, tally);
  const elsewhere = chargedElsewhere(failures, charging.charges);
  return gradeUsable(rubric, worth, tally, elsewhere);
}

/** No points; why is for the caller to say. */
export function gradeNothing({ scenario, points, hidden }: RubricScenario): ScenarioGrade {
  return { scenario, points: 0, maxPoints: points, status: 'none', hidden, rule: '' };
}

/** The grade of a scenario that staff have to decide, since it was not to be run. */
function gradeOpen(worth: RubricScenario, rule: string): ScenarioGrade {
  return { ...gradeNothing(worth), status: 'review', rule };
}

function gradeUsable(
  rubric: Rubric,
  worth: RubricScenario,
  tally: ScenarioTally,
  elsewhere: ChargedElsewhere | undefined,
): ScenarioGrade {
  const charged = tally.failed - (elsewhere?.failures ?? 0);
  const earned = earnedPoints(rubric, worth, tally, charged);
  const { points, pointsIfLeftOut, otherEndPoints, review } = earned;
  // One mistake may fail every run of many scenarios; staff decide whether that is the case.
  const isForgiven = elsewhere !== undefined && tally.passed === 0;
  return {
    ...gradeNothing(worth),
    points,
    status: review || isThin(tally) || isForgiven ? 'review' : statusOf(points, worth.points),
    rule: describeRule(rubric, worth, tally, earned, elsewhere),
    ...(elsewhere === undefined ? {} : { chargedIn: elsewhere.scenario }),
    ...(otherEndPoints === pointsIfLeftOut ? {} : { otherEndPoints }),
    ...(pointsIfLeftOut === points ? {} : { pointsIfLeftOut }),
  };
}

/** Undefined if all failures are charged here. */
function chargedElsewhere(
  { scenario, alike }: SortedFailures,
  charges: Charges,
): ChargedElsewhere | undefined {
  const others = [...alike]
    .map(([index, failures]) => ({ scenario: charges.get(index) ?? scenario, failures }))
    .filter((one) => one.scenario !== scenario)
    .toSorted((a, b) => b.failures - a.failures);
  const [most] = others;
  if (most === undefined) return undefined;
  return {
    scenario: most.scenario,
    failures: others.reduce((sum, { failures }) => sum + failures, 0),
    andOthers: others.some(({ scenario: other }) => other !== most.scenario),
  };
}

/**
 * Without a usable run nothing is earned. Staff have to look unless the rubric says that this is final; also then
 * where no run was done, and where the submission itself may be why: a submission can keep a machine so busy that all
 * is disturbed.
 */
function gradeUnjudged(rubric: Rubric, worth: RubricScenario, tally: ScenarioTally): ScenarioGrade {
  const review = rubric.unjudged !== 'none' || tally.runs === 0 || mayBeItsOwnDoing(tally);
  return {
    ...gradeNothing(worth),
    status: review ? 'review' : 'none',
    rule: describeUnjudged(rubric, tally, review),
  };
}

/** The machine and the kit are to blame for two causes; how a submission behaves can bring about the others. */
function mayBeItsOwnDoing({ unknownCauses }: ScenarioTally): boolean {
  const { disturbed: _machine, 'kit-broke': _kit, ...others } = unknownCauses;
  return Object.values(others).some((runs) => runs > 0);
}

function statusOf(points: number, maxPoints: number): ScenarioGrade['status'] {
  if (points === maxPoints) return 'full';
  return points === 0 ? 'none' : 'partial';
}
