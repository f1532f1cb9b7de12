/**
 * Who handed in what: the student behind a submission, as a course's systems know them. Reading a roster from
 * a CSV file is class/read-roster.ts.
 */

import type { CleanText } from '../../text/clean-text.js';
import { joined, sanitizeLine } from '../../text/sanitize.js';

/** A name may be so many times longer before it is made harmless; a longer one is cut first, to be quick. */
const SPARE = 4;

export interface Student {
  /** As shown on pages and in tables. */
  name: string;
  /** The number or word that the course system knows; unique in a roster. */
  id: string;
  email?: string;
  /** Login names and further ids by the name of their column, such as `SIS Login ID`. */
  other?: Record<string, string>;
}

/** A line of a roster. Students who handed in together have the same submission. */
export interface RosterEntry {
  /** The folder that was handed in; empty for a student who handed in nothing. */
  submission: string;
  student: Student;
}

/** A submission as people call it: by the names of its students, each made harmless and cut to this length. */
export function peopleOf(
  { name, students = [] }: { name: string; students?: readonly Student[] },
  maxLength: number,
): CleanText {
  const names = students.length === 0 ? [name] : students.map((student) => student.name);
  const cut = names.map((one) => sanitizeLine(one.slice(0, SPARE * maxLength), maxLength));
  return joined(cut, '; ');
}
