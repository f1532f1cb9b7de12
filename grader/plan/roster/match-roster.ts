/** Brings a roster together with the submissions of a plan. */

import type { PlannedSubmission } from '../plan.js';
import type { RosterEntry, Student } from './roster.js';
import { handedInAmong, type FindHandedIn } from './find-handed-in.js';
import { folderOf } from '../find/folder-of.js';
import { assignmentPrefix, namesOfFolder } from './hand-in-names.js';

export interface MatchedRoster {
  /** By the names of the plan; several who handed in together, in the order of the roster. */
  students: ReadonlyMap<string, readonly Student[]>;
  /** Names in the plan of the submissions that no student of the roster has handed in. */
  unlisted: string[];
  /** Students without a submission, in the order of the roster. */
  missing: Student[];
  /** Students whose line may mean several submissions. */
  ambiguous: AmbiguousEntry[];
}

export interface AmbiguousEntry {
  entry: RosterEntry;
  /** Submissions that it may mean, in the order of the plan. */
  submissions: PlannedSubmission[];
}

/**
 * Which submission belongs to which student, by the paths that were handed in. An entry that fits several submissions
 * is matched with none, since it is unknown which of them is meant.
 */
export function matchRoster(
  roster: readonly RosterEntry[],
  submissions: readonly PlannedSubmission[],
): MatchedRoster {
  const findHandedIn = finderFor(roster, submissions);
  const students = new Map<string, Student[]>();
  const missing: Student[] = [];
  const ambiguous: AmbiguousEntry[] = [];
  for (const entry of roster) {
    const [found, ...others] = findHandedIn(entry.submission);
    if (found === undefined || others.length > 0) missing.push(entry.student);
    else students.set(found.name, [...(students.get(found.name) ?? []), entry.student]);
    if (found !== undefined && others.length > 0) {
      ambiguous.push({ entry, submissions: [found, ...others] });
    }
  }
  const unlisted = submissions.map(({ name }) => name).filter((name) => !students.has(name));
  return { students, unlisted, missing, ambiguous };
}

/**
 * Where no submission is called so: GitHub Classroom puts the assignment before the name, and Moodle's downloads have the
 * number of the participant in theirs.
 */
function finderFor(
  roster: readonly RosterEntry[],
  submissions: readonly PlannedSubmission[],
): FindHandedIn {
  const find = handedInAmong(submissions);
  const prefix = assignmentPrefix(
    submissions.map(({ spec }) => folderOf(spec)),
    roster.map(({ submission }) => submission),
  );
  const called = (cell: string) =>
    submissions.filter(({ spec }) => namesOfFolder(folderOf(spec)).includes(cell));
  return (cell) =>
    [find, (one: string) => find(prefix + one), called]
      .map((way) => (cell === '' ? [] : way(cell)))
      .find((meant) => meant.length > 0) ?? [];
}
