/** The grade of a submission by a rubric: a pure function of its tallies. */

import type { ScenarioTally } from '../tally/scenario-tally.js';
import { chargeFailures } from './charging.js';
import { describeUngradable } from './describe-rule.js';
import { gradeNothing, gradeScenario } from './grade-scenario.js';
import { sumOfPoints } from './hundredths.js';
import type { PartGrade, ScenarioGrade, SubmissionGrade } from './grade.js';
import type { Rubric, RubricScenario } from './rubric.js';

/**
 * Tallies of scenarios that the rubric does not have earn nothing. Scenarios that were left out, and others without
 * a tally, earn nothing yet and count in the maximum.
 */
export function gradeSubmission(
  rubric: Rubric,
  tallies: readonly ScenarioTally[],
  leftOut: readonly string[] = [],
): SubmissionGrade {
  // A submission that has passed nothing earns nothing, even if one mistake is charged only once.
  const isForgiving = tallies.some(({ passed }) => passed > 0);
  const grading = {
    rubric,
    tallies: new Map(tallies.map((tally) => [tally.scenario, tally])),
    charging: chargeFailures(isForgiving ? rubric : { ...rubric, chargeOnce: [] }, tallies),
    leftOut: new Set(leftOut),
  };
  return gradeOf(rubric, (worth) => gradeScenario(grading, worth));
}

/** The grade of a submission that could not be run: it earns nothing. `why` is one sentence. */
export function gradeUngradable(rubric: Rubric, why: string): SubmissionGrade {
  const rule = describeUngradable(why);
  return gradeOf(rubric, (worth) => ({ ...gradeNothing(worth), rule }));
}

function gradeOf(
  { parts }: Rubric,
  grade: (worth: RubricScenario) => ScenarioGrade,
): SubmissionGrade {
  const graded = parts.map(({ name, scenarios }): PartGrade => {
    const grades = scenarios.map(grade);
    return { name, ...totals(grades), scenarios: grades };
  });
  return { ...totals(graded), parts: graded };
}

function totals(
  of: readonly { points: number; maxPoints: number }[],
): Pick<PartGrade, 'points' | 'maxPoints'> {
  return {
    points: sumOfPoints(of.map(({ points }) => points)),
    maxPoints: sumOfPoints(of.map(({ maxPoints }) => maxPoints)),
  };
}
