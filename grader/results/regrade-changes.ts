/** The changes of a regrade for each student, with the reason: the old points beside the new ones. */

import type { PlanRevision } from '../plan/plan.js';
import type { Results, SubmissionResults } from './results.js';
import type { Student } from '../plan/roster/roster.js';
import type { OldSubmission } from './earlier-results.js';

const REGRADE_FORMAT = 'pblab/regrade/1';
export const REGRADE_FILE = 'regrade.json';

export interface Standing {
  /** Where there is a rubric. */
  points?: number;
  maxPoints?: number;
  /** How many scenarios have failed at least once. */
  failingScenarios: number;
  ungradable?: string;
}

export interface RegradeChange {
  submission: string;
  students?: readonly Student[];
  /** Absent if there were no results yet. */
  before?: Standing;
  after: Standing;
  /** Phrases; none if none of its runs were repeated. */
  reasons: string[];
  /** Ids of the scenarios that were run again or for the first time. */
  scenarios: string[];
}

/** The content of `regrade.json`. */
export interface RegradeReport {
  format: typeof REGRADE_FORMAT;
  at: string;
  kit: string;
  /** All that were to be graded again, and all whose standing is another, in the order of the plan. */
  changes: RegradeChange[];
}

/** From the results before a regrade to those after it. */
export function reportRegrade(
  before: readonly OldSubmission[],
  after: Results,
  { at, kit, changes }: PlanRevision,
): RegradeReport {
  const earlier = new Map(before.map((one) => [one.name, one]));
  const all = after.submissions.map((one): RegradeChange => {
    const own = changes.filter(({ submission }) => submission === one.name);
    const old = earlier.get(one.name);
    return {
      submission: one.name,
      ...(one.students === undefined ? {} : { students: one.students }),
      ...(old === undefined ? {} : { before: standingOf(old) }),
      after: standingOf(one),
      reasons: own.map(({ reason }) => reason),
      scenarios: [...new Set(own.flatMap(({ scenarios }) => scenarios))],
    };
  });
  return { format: REGRADE_FORMAT, at, kit, changes: all.filter(isWorthTelling) };
}

function standingOf({ grade, tallies, ungradable }: OldSubmission | SubmissionResults): Standing {
  return {
    ...(grade === undefined ? {} : { points: grade.points, maxPoints: grade.maxPoints }),
    failingScenarios: tallies.filter(({ failed }) => failed > 0).length,
    ...(ungradable === undefined ? {} : { ungradable }),
  };
}

/** The rubric may be another for all, and change nothing for most. */
function isWorthTelling({ before, after, scenarios }: RegradeChange): boolean {
  return scenarios.length > 0 || before === undefined || isOther(before, after);
}

function isOther(before: Standing, after: Standing): boolean {
  return (
    before.points !== after.points ||
    before.maxPoints !== after.maxPoints ||
    before.failingScenarios !== after.failingScenarios ||
    before.ungradable !== after.ungradable
  );
}
