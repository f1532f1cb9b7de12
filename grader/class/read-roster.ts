/**
 * Reads a roster: a CSV file with a header line, as a person or a spreadsheet writes it. Commas or semicolons,
 * with or without a byte order mark; columns `submission`, `name` and `id`, perhaps `email`, and any others.
 */

import { CsvError, parse } from 'csv-parse/sync';
import { readRegularFile, UnreadableFile, UsageError } from '../../harness/index.js';
import type { RosterEntry } from '../roster.js';

/** The folder's name, as it is handed in. */
const SUBMISSION = 'submission';
const NAME = 'name';
const ID = 'id';
const EMAIL = 'email';

interface Row {
  /** The line in the file on which it ends, from 1. */
  line: number;
  cells: string[];
}

/**
 * The roster in this file, in its order.
 *
 * @throws UsageError that names the file and the line, for what is no roster or not unambiguous.
 */
export function readRoster(file: string): RosterEntry[] {
  return parseRoster(load(file), file);
}

/** As `readRoster`, for a text; `file` is only what it is called in errors. */
export function parseRoster(text: string, file: string): RosterEntry[] {
  const [header, ...rows] = readRows(text, file);
  if (header === undefined) {
    throw new UsageError(`${file} is empty`, { expected: expectedHeader() });
  }
  const columns = columnsOf(header, file);
  const entries = rows.map((row) => ({ line: row.line, entry: entryOf(row, columns, file) }));
  for (const { line, entry } of entries) assertComplete(entry, `${file}:${line}`);
  assertDistinct(entries, 'id', ({ student }) => student.id, file);
  assertDistinct(entries, SUBMISSION, ({ submission }) => submission, file);
  return entries.map(({ entry }) => entry);
}

function load(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`the roster ${file} is not UTF-8`, {
      hint: 'save it as "CSV UTF-8" from the spreadsheet',
      cause,
    });
  }
}

function readBytes(file: string): Buffer {
  try {
    return readRegularFile(file, { links: 'followed' });
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    const { got, expected } = cause;
    throw new UsageError(`the roster ${file} cannot be read`, { got, expected, cause });
  }
}

function readRows(text: string, file: string): Row[] {
  const rows: Row[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record(cells: string[], { lines }) {
        rows.push({ line: lines, cells });
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

/** A spreadsheet writes semicolons where the comma is the decimal sign. */
function separatorOf(text: string): ',' | ';' {
  const [header = ''] = text.split('\n', 1);
  const count = (sign: string) => header.split(sign).length;
  return count(';') > count(',') ? ';' : ',';
}

function columnsOf({ line, cells }: Row, file: string): string[] {
  const columns = cells.map((cell) => {
    const known = [SUBMISSION, NAME, ID, EMAIL].find((one) => one === cell.toLowerCase());
    return known ?? cell;
  });
  const missing = [SUBMISSION, NAME, ID].filter((one) => !columns.includes(one));
  if (missing.length > 0) {
    throw new UsageError(`${file}:${line}: no column ${missing.join(', no column ')}`, {
      got: `the columns ${columns.join(', ')}`,
      expected: expectedHeader(),
    });
  }
  const twice = columns.find((one, at) => one !== '' && columns.indexOf(one) !== at);
  if (twice !== undefined) throw new UsageError(`${file}:${line}: two columns are called ${twice}`);
  return columns;
}

function expectedHeader(): string {
  return `a header line with the columns ${SUBMISSION}, ${NAME}, ${ID}, and if you like ${EMAIL} and others`;
}

function entryOf({ line, cells }: Row, columns: readonly string[], file: string): RosterEntry {
  if (cells.length > columns.length) {
    throw new UsageError(`${file}:${line}: there are more cells than columns`, {
      got: `${cells.length} cells`,
      expected: `at most ${columns.length}`,
      hint: 'a cell with a separator in it has to stand in double quotes',
    });
  }
  const values = new Map(columns.map((column, at) => [column, cells[at] ?? '']));
  const take = (column: string) => {
    const value = values.get(column) ?? '';
    values.delete(column);
    return value;
  };
  const [submission, name, id, email] = [take(SUBMISSION), take(NAME), take(ID), take(EMAIL)];
  const other = [...values].filter(([column, value]) => column !== '' && value !== '');
  return {
    submission: submission.normalize('NFC').replace(/\/+$/, ''),
    student: {
      name,
      id,
      ...(email === '' ? {} : { email }),
      ...(other.length === 0 ? {} : { other: Object.fromEntries(other) }),
    },
  };
}

function assertComplete({ student }: RosterEntry, at: string): void {
  const empty = student.name === '' ? NAME : student.id === '' ? ID : undefined;
  if (empty === undefined) return;
  throw new UsageError(`${at}: the ${empty} is missing`, {
    expected: 'a name and an id for each student',
  });
}

function assertDistinct(
  entries: readonly { line: number; entry: RosterEntry }[],
  what: string,
  valueOf: (entry: RosterEntry) => string,
  file: string,
): void {
  const lines = new Map<string, number>();
  for (const { line, entry } of entries) {
    const value = valueOf(entry);
    const earlier = lines.get(value);
    if (value !== '' && earlier !== undefined) {
      throw new UsageError(`${file}:${line}: the ${what} "${value}" is in line ${earlier} already`);
    }
    lines.set(value, line);
  }
}
