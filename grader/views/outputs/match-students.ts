/**
 * Finds the rows of an exported table that belong to students. Only what identifies a student is compared, never
 * a name: two students may have one. All are found by the same column, the one by which most are, so that a number
 * that means another student in another column finds none.
 */

import { groupBy } from '../../ground/group-by.js';
import type { Student } from '../../plan/roster/roster.js';
import { participantIn } from '../../files/tables/column-words.js';
import type { CsvTemplate, TemplateRow } from './csv-template.js';
import { noteOn, type GradedStudent } from './graded-students.js';

export interface MatchedRows {
  rows: { row: TemplateRow; graded: GradedStudent }[];
  /** Notes on students whose row is missing or not clear, on students without a grade, and on unchanged rows. */
  notes: string[];
}

/** A column that identifies students. */
export interface IdentifyingColumn {
  name: string;
  /** Numbers of the course system itself: only a column of the roster with the same name can tell these. */
  isInternal?: boolean;
  /** Participants of Moodle, who are called by another word in each language: their numbers are compared. */
  isParticipant?: boolean;
}

/** The rows of these students; of columns by which equally many are found, the first counts. */
export function matchStudents(
  template: CsvTemplate,
  columns: readonly IdentifyingColumn[],
  students: readonly GradedStudent[],
): MatchedRows {
  const ways = columns
    .filter(({ name }) => template.header.includes(name))
    .flatMap((column) => waysBy(column, template, students));
  const found = ways.toSorted((a, b) => matches(b) - matches(a))[0] ?? [];
  const claims = groupBy(
    found.flatMap(({ rows }) => rows),
    (row) => row,
  );
  const isClear = ({ rows: [row, ...others] }: Found) =>
    row !== undefined && others.length === 0 && claims.get(row)?.length === 1;
  const clear = found
    .filter(isClear)
    .flatMap(({ rows, graded }) => rows.map((row) => ({ row, graded })));
  const written = new Set(clear.map(({ row }) => row));
  return {
    rows: clear,
    notes: [
      ...noteOn(
        'student',
        'not in the template',
        students
          .filter((one) => !found.some(({ graded, rows }) => graded === one && rows.length > 0))
          .map(nameOf),
      ),
      ...noteOn(
        'student',
        'without a row of their own in the template',
        found
          .filter((one) => one.rows.length > 0 && !isClear(one))
          .map(({ graded }) => nameOf(graded)),
      ),
      ...noteOn(
        'row',
        'of the template not filled in',
        rowsOfPeople(template, columns)
          .filter((row) => !written.has(row))
          .map(([first]) => first?.value ?? ''),
      ),
    ],
  };
}

/** Rows without those that identify no student, such as Canvas's row of maxima and its test student. */
function rowsOfPeople(
  { header, rows }: CsvTemplate,
  columns: readonly IdentifyingColumn[],
): TemplateRow[] {
  const places = columns.map(({ name }) => header.indexOf(name)).filter((at) => at >= 0);
  return rows.filter((row) => places.some((at) => row[at]?.value.trim()));
}

interface Found {
  graded: GradedStudent;
  rows: TemplateRow[];
}

type KeyOf = (student: Student) => string | undefined;

/** By the roster's entry of the same name, by id, and by e-mail. */
function waysBy(
  { name, isInternal = false, isParticipant = false }: IdentifyingColumn,
  template: CsvTemplate,
  students: readonly GradedStudent[],
): Found[][] {
  const at = template.header.indexOf(name);
  const compared = (text: string) => (isParticipant && participantIn(text)) || text.trim();
  const index = groupBy(template.rows, (row) => compared(row[at]?.value ?? ''));
  const general: KeyOf[] = isInternal ? [] : [({ id }) => id, ({ email }) => email];
  const keys = [entryOf(name), ...(isParticipant ? [participantOf] : []), ...general];
  return keys.map((keyOf) =>
    students.map((graded) => {
      const key = compared(keyOf(graded.student) ?? '');
      return { graded, rows: key === '' ? [] : (index.get(key) ?? []) };
    }),
  );
}

function entryOf(column: string): KeyOf {
  return ({ other = {} }) => (Object.hasOwn(other, column) ? other[column] : undefined);
}

/** In whatever column of the roster it stands. */
function participantOf({ id, other = {} }: Student): string | undefined {
  return [id, ...Object.values(other)].find((value) => participantIn(value) !== undefined);
}

function matches(found: readonly Found[]): number {
  return found.filter(({ rows }) => rows.length > 0).length;
}

function nameOf({ student }: GradedStudent): string {
  return student.name;
}
