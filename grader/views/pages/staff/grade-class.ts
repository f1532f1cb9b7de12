/** Grades the class of the page by a rubric. */

import type { StaffData, StaffStudent } from './staff-data.js';
import { gradeSubmission, gradeUngradable } from '../../../rubric/grade-submission.js';
import type { Rubric } from '../../../rubric/rubric.js';
import type { ScenarioTally } from '../../../tally/scenario-tally.js';

export interface Outcome {
  points: number;
  maxPoints: number;
  /** Grades that staff have to look at. */
  reviews: number;
}

/** One for each student, in their order. */
export function gradeClass(data: StaffData, rubric: Rubric): Outcome[] {
  return data.students.map((student) => {
    if (student.ungradable !== undefined) {
      return { points: 0, maxPoints: gradeUngradable(rubric, '').maxPoints, reviews: 1 };
    }
    const { points, maxPoints, parts } = gradeSubmission(
      rubric,
      talliesOf(data, student),
      student.leftOut,
    );
    const grades = parts.flatMap(({ scenarios }) => scenarios);
    const reviews = grades.filter(({ status }) => status === 'review').length;
    return { points, maxPoints, reviews };
  });
}

function talliesOf({ scenarios, tallies }: StaffData, { cells }: StaffStudent): ScenarioTally[] {
  return cells.flatMap((cell, index) => {
    const [tally, scenario] = [tallies[cell], scenarios[index]];
    return tally === undefined || scenario === undefined ? [] : [{ ...tally, scenario }];
  });
}
