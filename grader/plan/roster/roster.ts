/**
 * Who handed in what: the student behind a submission, as a course's systems know them. Reading a roster from
 * a CSV file is read-roster.ts.
 */

import { z } from 'zod';
import { openObject, TEXT } from '../../ground/schemas.js';
import type { CleanText } from '../../text/clean-text.js';
import { joined, sanitizeLine } from '../../text/sanitize.js';

/** A name may be so many times longer before it is made harmless; a longer one is cut first, to be quick. */
const SPARE = 4;

export const STUDENT = openObject({
  /** As shown on pages and in tables. */
  name: TEXT,
  /** The number or word that the course system knows; unique in a roster. */
  id: TEXT,
  email: TEXT.exactOptional(),
  /** Login names and further ids by the name of their column, such as `SIS Login ID`. */
  other: z.record(z.string(), z.string()).exactOptional(),
});

export type Student = z.infer<typeof STUDENT>;

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
