/** Who handed in what: the student behind a submission, as a course's systems know them. */

export interface Student {
  /** As shown on pages and in tables. */
  name: string;
  /** The number or word that the course system knows; unique in a roster. */
  id: string;
  email?: string;
  /** Login names and further ids by the name of their column, such as `SIS Login ID`. */
  other?: Record<string, string>;
}
