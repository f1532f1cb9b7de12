/**
 * Reads a roster: a table with a header line, as a person, a spreadsheet or a course system writes it. Commas,
 * semicolons or tabs; UTF-8, UTF-16 or Windows-1252; the columns `submission`, `name` and `id`, perhaps `email`, and
 * any others, or what GitHub Classroom, Canvas and Moodle call them.
 */

import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readRegularFile, UsageError } from '../../../harness/index.js';
import type { RosterEntry } from './roster.js';
import { participantIn } from '../../files/tables/column-words.js';
import { decodeText } from '../../files/tables/encoding.js';
import { plainWord } from '../../files/tables/plain-word.js';
import { separatorOf, startOf } from '../../files/tables/separator.js';
import {
  expectedHeader,
  findRosterColumns,
  ROSTER_ROLES,
  type AskedRosterColumns,
  type RosterColumns,
} from './roster-columns.js';

export interface RosterOptions {
  /** Titles of columns that a caller has named. */
  columns?: AskedRosterColumns | undefined;
  /** Is told what was assumed, each as a sentence without its full stop. */
  tell?: (note: string) => void;
}

interface Row {
  /** The line in the file on which it ends, from 1. */
  line: number;
  cells: string[];
}

/**
 * The roster in this file, in its order.
 *
 * @throws UsageError that names the file and the line, if the file is not a roster or is ambiguous.
 */
export function readRoster(file: string, options: RosterOptions = {}): RosterEntry[] {
  return parseRoster(load(file, options), file, options);
}

/** As `readRoster`, for a text; `file` is only what it is called in errors. */
export function parseRoster(
  text: string,
  file: string,
  { columns: asked = {}, tell }: RosterOptions = {},
): RosterEntry[] {
  const [header, ...all] = readRows(text, file);
  if (header === undefined) {
    throw new UsageError(`${file} is empty`, { expected: expectedHeader() });
  }
  const titles = header.cells;
  assertDistinctTitles(titles, `${file}:${header.line}`);
  const rows = studentsOf(titles, all);
  const columns = findRosterColumns(
    titles,
    rows.map(({ cells }) => cells),
    { asked, at: `${file}:${header.line}` },
  );
  if (columns.isGuessed) {
    tell?.(
      `${file}: submissions are looked for by the column "${titles[columns.submission]}"; another one: --roster-columns submission=COLUMN`,
    );
  }
  const entries = rows.map((row) => ({
    line: row.line,
    entry: entryOf(row, titles, columns, file),
  }));
  for (const { line, entry } of entries) assertComplete(entry, `${file}:${line}`);
  assertDistinctIds(entries, file);
  return entries.map(({ entry }) => entry);
}

/** The roster as a table that `parseRoster` reads without being told anything, with all that it knows. */
export function rosterText(entries: readonly RosterEntry[]): string {
  const titles = [...new Set(entries.flatMap(({ student }) => Object.keys(student.other ?? {})))];
  const rows = entries.map(({ submission, student: { name, id, email = '', other = {} } }) => [
    submission,
    name,
    id,
    email,
    ...titles.map((title) => (Object.hasOwn(other, title) ? other[title] : '')),
  ]);
  return stringify([[...ROSTER_ROLES, ...titles], ...rows]);
}

function load(file: string, { tell }: RosterOptions): string {
  const decoded = decodeText(readRegularFile(file, { links: 'followed', called: 'the roster' }));
  if (decoded === undefined) {
    throw new UsageError(`the roster ${file} is not UTF-8`, {
      hint: 'save it as "CSV UTF-8" from the spreadsheet',
    });
  }
  if (decoded.encoding === 'windows-1252') {
    // In another encoding of one byte a letter only looks wrong, which a person sees and no program.
    const [, example = ''] = /([^\n\r"]*[^\p{ASCII}][^\n\r"]*)/u.exec(decoded.text) ?? [];
    tell?.(
      `${file} is not UTF-8 and was read as Windows-1252, with lines such as "${example.trim()}"; if that is wrong, save it as "CSV UTF-8" from the spreadsheet`,
    );
  }
  return decoded.text;
}

function readRows(text: string, file: string): Row[] {
  const rows: Row[] = [];
  const start = startOf(text);
  const linesBefore = text.slice(0, start).split('\n').length - 1;
  try {
    parse(text.slice(start), {
      delimiter: separatorOf(text),
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record(cells: string[], { lines }) {
        rows.push({ line: lines + linesBefore, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`${file} is not CSV: ${error.message}`, { cause: error });
  }
  // Spreadsheets leave lines of nothing but separators behind.
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function assertDistinctTitles(titles: readonly string[], at: string): void {
  const twice = titles.find((one, index) => one !== '' && titles.indexOf(one) !== index);
  if (twice !== undefined) throw new UsageError(`${at}: two columns are called ${twice}`);
}

/** Canvas's gradebook has rows that are not students: points possible, how grades are posted, a test student. */
function studentsOf(titles: readonly string[], rows: readonly Row[]): readonly Row[] {
  if (!isCanvas(titles)) return rows;
  const id = titles.indexOf('ID');
  return rows.filter(({ cells }) => {
    const name = cells.slice(0, id).join(', ');
    return (cells[id] ?? '') !== '' && name !== 'Student, Test';
  });
}

/** Its identifying columns end with `Section`. */
function isCanvas(titles: readonly string[]): boolean {
  const first = titles.indexOf('ID');
  const names = titles.slice(0, first).join(' ');
  return ['Student', 'LastName FirstName'].includes(names) && titles.includes('Section', first);
}

function entryOf(
  { line, cells }: Row,
  titles: readonly string[],
  columns: RosterColumns,
  file: string,
): RosterEntry {
  const width = cells.findLastIndex((one) => one !== '') + 1;
  if (width > titles.length) {
    throw new UsageError(`${file}:${line}: there are more cells than columns`, {
      got: `${width} cells`,
      expected: `at most ${titles.length}`,
      hint: 'a cell with a separator in it has to stand in double quotes',
    });
  }
  const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''));
  const id = cell(columns.id);
  const name = columns.name
    .map(cell)
    .filter((part) => part !== '')
    .join(' ');
  const email = cell(columns.email) || (isAddress(id) ? id : '');
  const other = otherCells(titles, cells, columns);
  return {
    submission: folderIn(cell(columns.submission), titles[columns.submission] ?? ''),
    student: {
      // GitHub has the name of those only who tell it, and the course's identifier of all.
      name: name === '' && plainWord(titles[columns.id] ?? '') === 'identifier' ? id : name,
      id,
      ...(email === '' ? {} : { email }),
      ...(other.length === 0 ? {} : { other: Object.fromEntries(other) }),
    },
  };
}

/** Whatever else is there, and what stands in a column that is not called by the kit's own word. */
function otherCells(
  titles: readonly string[],
  cells: readonly string[],
  { submission, name, id, email }: RosterColumns,
): [string, string][] {
  // Canvas's own number has to be written back as that, and the grades of other assignments are not used here.
  const [isTaken, end] = isCanvas(titles)
    ? [() => false, titles.indexOf('Section')]
    : [isOwnTitle, titles.length];
  const taken = new Set(
    [submission, ...name, id, email].filter(
      (column) => column !== undefined && isTaken(titles[column] ?? ''),
    ),
  );
  return titles.flatMap((title, column): [string, string][] => {
    const value = cells[column] ?? '';
    const isOther = title !== '' && value !== '' && !taken.has(column) && column <= end;
    return isOther && !ROSTER_ROLES.some((role) => role === title) ? [[title, value]] : [];
  });
}

/** Moodle's `Participant 482193` is in the folder's name as a number. */
function folderIn(cell: string, title: string): string {
  const participant = title.toLowerCase() === 'submission' ? undefined : participantIn(cell);
  return participant ?? cell.normalize('NFC').replace(/\/+$/, '');
}

function isOwnTitle(title: string): boolean {
  return ROSTER_ROLES.some((role) => role === title.toLowerCase());
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

function assertComplete({ student }: RosterEntry, at: string): void {
  const empty = student.name === '' ? 'name' : student.id === '' ? 'id' : undefined;
  if (empty === undefined) return;
  throw new UsageError(`${at}: the ${empty} is missing`, {
    expected: 'a name and an id for each student',
  });
}

function assertDistinctIds(
  entries: readonly { line: number; entry: RosterEntry }[],
  file: string,
): void {
  const lines = new Map<string, number>();
  for (const { line, entry } of entries) {
    const { id } = entry.student;
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      throw new UsageError(`${file}:${line}: the id "${id}" is in line ${earlier} already`);
    }
    lines.set(id, line);
  }
}
