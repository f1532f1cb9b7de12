/** Brings a roster together with the submissions of a plan. */

import type { PlannedSubmission } from '../plan.js';
import type { RosterEntry, Student } from '../roster.js';
import { folderOf } from './folder-of.js';
import { assignmentPrefix, namesOfFolder } from './hand-in-names.js';

export interface MatchedRoster {
  /** By the names of the plan; several who handed in together, in the order of the roster. */
  students: ReadonlyMap<string, readonly Student[]>;
  /** Names in the plan of the submissions that no student of the roster has handed in. */
  unlisted: string[];
  /** Students of whom nothing is graded, in the order of the roster. */
  missing: Student[];
}

/**
 * Whose submission is whose, by the folders that were handed in. Two submissions from folders with one name
 * belong to nobody, since nobody here can tell which of them is meant.
 */
export function matchRoster(
  roster: readonly RosterEntry[],
  submissions: readonly PlannedSubmission[],
): MatchedRoster {
  const byFolder = new Map<string, PlannedSubmission[]>();
  for (const one of submissions) {
    for (const name of namesOfFolder(folderOf(one.spec))) {
      byFolder.set(name, [...(byFolder.get(name) ?? []), one]);
    }
  }
  const prefix = assignmentPrefix(
    [...byFolder.keys()],
    roster.map(({ submission }) => submission),
  );
  const students = new Map<string, Student[]>();
  const missing: Student[] = [];
  for (const { submission, student } of roster) {
    const named =
      submission === '' ? [] : (byFolder.get(submission) ?? byFolder.get(prefix + submission));
    const [found, ...others] = named ?? [];
    if (found === undefined || others.length > 0) missing.push(student);
    else students.set(found.name, [...(students.get(found.name) ?? []), student]);
  }
  const unlisted = submissions.map(({ name }) => name).filter((name) => !students.has(name));
  return { students, unlisted, missing };
}
