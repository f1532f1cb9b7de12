/**
 * A gradebook for Canvas: with the gradebook that Canvas has exported as the template its column is filled in and
 * nothing else is touched; without one it is a small table of its own. Students without points are in no row that
 * changes, because an empty cell over a grade clears it.
 */

import { UsageError } from '../../../harness/index.js';
import type { Student } from '../../plan/roster/roster.js';
import { LENGTHS } from '../../text/clean-text.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { csvText } from '../../files/tables/csv.js';
import {
  fillTemplate,
  parseTemplate,
  type CsvTemplate,
  type TemplateCell,
} from './csv-template.js';
import { numberIn, numberWriter } from './decimal-mark.js';
import { gradedStudents, pointsById, type GradedStudents } from './graded-students.js';
import { assertMaximum, maximumNote, unreadableMaximum } from './maximum.js';
import { matchStudents, type IdentifyingColumn } from './match-students.js';
import type { Output, OutputContext, OutputFile } from './output.js';

const HEADER = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'];

/** Canvas takes semicolons for a sign that the comma is the decimal mark. */
const USUAL_MARKS = { ',': '.', ';': ',' } as const;

const PATH = 'canvas.csv';

/** Another file, so that none that is made of the results alone takes the place of one that was filled in. */
const FILLED_PATH = 'canvas-filled.csv';

/** The last column that identifies students; grades come after it. */
const SECTION = 'Section';

export const canvas: Output = {
  name: 'canvas',
  title: 'Canvas gradebook; --template fills in the one that Canvas has exported',
  audience: 'staff',
  needsRubric: true,
  needsRoster: true,
  takes: ['template', 'column', 'decimal', 'scaleTo'],
  files(context) {
    const { results, template, scaleTo } = context;
    const graded = gradedStudents(results, scaleTo);
    const title = context.column ?? graded.title;
    return [
      template === undefined ? ownTable(graded, title) : filled(graded, title, template, context),
    ];
  },
};

function ownTable({ students, maxPoints, notes }: GradedStudents, title: string): OutputFile {
  const rows = students.map(({ student, points }) => [...identity(student), points]);
  const header = [...HEADER, sanitizeLine(title, LENGTHS.sentence)];
  const possible = ['    Points Possible', '', '', '', '', maxPoints];
  return { path: PATH, text: csvText([header, possible, ...rows]), notes };
}

/** The roster's id is the course's own number. Canvas has another one, which only a column `ID` can tell. */
function identity({ name, id, email, other = {} }: Student): string[] {
  // A column of this name may be another system's.
  const canvasId = [other['ID'], other['canvas_user_id']].find((one) => /^\d+$/.test(one ?? ''));
  return [
    name,
    canvasId ?? '',
    other['SIS User ID'] ?? other['user_id'] ?? (canvasId === id ? '' : id),
    other['SIS Login ID'] ?? other['login_id'] ?? email ?? '',
    other[SECTION] ?? other['sections'] ?? '',
  ].map((value) => sanitizeLine(value, LENGTHS.sentence));
}

function filled(
  graded: GradedStudents,
  title: string,
  text: string,
  { decimal }: Pick<OutputContext, 'decimal'>,
): OutputFile {
  const template = parseTemplate(text);
  const at = columnOf(template, title);
  const possible = pointsPossible(template, at);
  assertMaximum(graded, possible, `"Points Possible" of "${template.header[at]}"`);
  const write = numberWriter(template, {
    columns: template.header.flatMap((_title, column) =>
      column > template.header.indexOf(SECTION) ? [column] : [],
    ),
    asked: decimal,
    usual: USUAL_MARKS,
  });
  const matched = matchStudents(template, identifying(template), graded.students);
  const changes = new Map<TemplateCell, string>();
  for (const { row, graded: one } of matched.rows) {
    const cell = row[at];
    if (cell !== undefined) changes.set(cell, write(one.points));
  }
  const notes = [...graded.notes, ...matched.notes, ...maximumNote(graded, possible)];
  const points = pointsById(graded);
  return { path: FILLED_PATH, text: fillTemplate(template, changes), notes, filled: points };
}

/** The row has this title in every language; a column that Canvas computes says instead that it cannot be changed. */
function pointsPossible({ header, rows }: CsvTemplate, at: number): number | undefined {
  const row = rows.find(([first]) => /points possible/i.test(first?.value ?? ''));
  const cell = row?.[at]?.value.trim() ?? '';
  if (cell === '' || numberIn(cell) !== undefined) return numberIn(cell);
  // Canvas says in brackets, and in its language, that a column is read only.
  if (!/^\(.*\)$/s.test(cell)) throw unreadableMaximum(cell, `"${header[at]}"`);
  throw new UsageError('Canvas does not take grades in this column', {
    got: `"${header[at]}", with ${cell} in the row of the points possible`,
    expected: 'the column of an assignment',
    hint: 'choose one with --column TITLE',
  });
}

/**
 * The number of the course comes before the login name. Canvas's own number is the roster's only where the table
 * has no other: the same number may be another student's in the other column.
 */
function identifying({ header }: CsvTemplate): IdentifyingColumn[] {
  const own = ['SIS User ID', 'SIS Login ID'].filter((name) => header.includes(name));
  return [...own.map((name) => ({ name })), { name: 'ID', isInternal: own.length > 0 }];
}

/** Canvas writes `Title (4711)`; the title alone is enough here if it is clear. */
function columnOf({ header }: CsvTemplate, title: string): number {
  const first = header.indexOf(SECTION) + 1;
  const matching = header.flatMap((name, at) =>
    at < first ? [] : name === title || name.replace(/ \(\d+\)$/, '') === title ? [at] : [],
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
