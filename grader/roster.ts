/**
 * Who handed in what: the student behind a submission, as a course's systems know them. Reading a roster from
 * a CSV file is class/read-roster.ts.
 */

export interface Student {
  /** As shown on pages and in tables. */
  name: string;
  /** The number or word that the course system knows; unique in a roster. */
  id: string;
  email?: string;
  /** Login names and further ids by the name of their column, such as `SIS Login ID`. */
  other?: Record<string, string>;
}

/** A line of a roster. */
export interface RosterEntry {
  /** The folder that was handed in; empty for a student who handed in nothing. */
  submission: string;
  student: Student;
}
