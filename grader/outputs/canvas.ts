/**
 * A gradebook for Canvas: with the gradebook that Canvas has exported as the template its column is filled in and
 * nothing else is touched; without one it is a small table of its own. Students without points are in no row that
 * changes, because an empty cell over a grade clears it.
 */

import { UsageError } from '../../harness/index.js';
import type { Student } from '../roster.js';
import { sanitizeLine } from '../sanitize.js';
import { csvText } from './csv.js';
import {
  fillTemplate,
  parseTemplate,
  type CsvTemplate,
  type TemplateCell,
} from './csv-template.js';
import { gradedStudents, type GradedStudents } from './graded-students.js';
import { matchStudents, type IdentifyingColumn } from './match-students.js';
import type { Output, OutputFile } from './output.js';

const HEADER = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'];

const TITLE_LENGTH = 200;

const PATH = 'canvas.csv';

export const canvas: Output = {
  name: 'canvas',
  title: 'Canvas gradebook; --template fills in the one that Canvas has exported',
  audience: 'staff',
  needsRubric: true,
  needsRoster: true,
  files({ results, template, column }) {
    const graded = gradedStudents(results);
    const title = column ?? graded.title;
    return [template === undefined ? ownTable(graded, title) : filled(graded, title, template)];
  },
};

function ownTable({ students, maxPoints, notes }: GradedStudents, title: string): OutputFile {
  const rows = students.map(({ student, points }) => [...identity(student), points]);
  const header = [...HEADER, sanitizeLine(title, TITLE_LENGTH)];
  const possible = ['    Points Possible', '', '', '', '', maxPoints];
  return { path: PATH, text: csvText([header, possible, ...rows]), notes };
}

/** The roster's id is the course's own number. Canvas has another one, which only a column `ID` can tell. */
function identity({ name, id, email, other = {} }: Student): string[] {
  return [
    sanitizeLine(name, TITLE_LENGTH),
    other['ID'] ?? '',
    other['SIS User ID'] ?? id,
    other['SIS Login ID'] ?? email ?? '',
    other['Section'] ?? '',
  ].map((value) => sanitizeLine(value, TITLE_LENGTH));
}

function filled(graded: GradedStudents, title: string, text: string): OutputFile {
  const template = parseTemplate(text);
  const at = columnOf(template, title);
  const matched = matchStudents(template, identifying(template), graded.students);
  const changes = new Map<TemplateCell, string>();
  for (const { row, graded: one } of matched.rows) {
    const cell = row[at];
    if (cell !== undefined) changes.set(cell, decimal(one.points, template));
  }
  const notes = [...graded.notes, ...matched.notes];
  return { path: PATH, text: fillTemplate(template, changes), notes };
}

/**
 * The number of the course comes before the login name. Canvas's own number is the roster's only where the table
 * has no other: the same number may be another student's in the other column.
 */
function identifying({ header }: CsvTemplate): IdentifyingColumn[] {
  const own = ['SIS User ID', 'SIS Login ID'].filter((name) => header.includes(name));
  return [...own.map((name) => ({ name })), { name: 'ID', isInternal: own.length > 0 }];
}

/** A file with semicolons has the comma as its decimal mark. */
function decimal(points: number, { separator }: CsvTemplate): string {
  const text = String(points);
  return separator === ';' ? text.replace('.', ',') : text;
}

/** Canvas writes `Title (4711)`; the title alone is enough here if it is clear. */
function columnOf({ header }: CsvTemplate, title: string): number {
  const matching = header.flatMap((name, at) =>
    name === title || name.replace(/ \(\d+\)$/, '') === title ? [at] : [],
  );
  const [at, ...others] = matching;
  if (at !== undefined && others.length === 0) return at;
  const assignments = header.filter((name) => / \(\d+\)$/.test(name));
  throw new UsageError(
    `the template has ${at === undefined ? 'no column' : 'several columns'} for these points`,
    {
      got: `"${title}"`,
      expected: assignments.join(', ') || 'a column such as "Lab 2 (4711)"',
      hint: 'choose one with --column TITLE',
    },
  );
}
