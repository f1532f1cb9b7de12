/**
 * A table that a course system has exported, to be filled in: cells can be replaced, and everything else stays, with
 * its line ends, its quotes and its byte-order mark.
 */

import { UsageError } from '../../../harness/index.js';
import { separatorOf, startOf, type Separator } from '../../files/tables/separator.js';
import { quoted } from '../../files/tables/csv.js';

export interface TemplateCell {
  /** The value, without quotes. */
  value: string;
  /** Where it stands in the file, quotes included. */
  start: number;
  end: number;
}

export type TemplateRow = TemplateCell[];

export interface CsvTemplate {
  text: string;
  separator: Separator;
  header: string[];
  /** Those after the header, in which no cell is missing at the end. */
  rows: TemplateRow[];
}

/** @throws UsageError if it has no header, or a quote that does not end. */
export function parseTemplate(text: string): CsvTemplate {
  const separator = separatorOf(text);
  const all = rowsOf(text, separator);
  const first = all.findIndex((row) => row.some(({ value }) => value.trim() !== ''));
  const [header, ...rows] = first < 0 ? [] : all.slice(first);
  if (header === undefined) {
    throw new UsageError('the template is empty', { expected: 'a CSV file with a header' });
  }
  return {
    text,
    separator,
    header: header.map(({ value }) => value.trim()),
    rows: rows.filter((row) => row.length >= header.length),
  };
}

/** The text with these cells replaced. */
export function fillTemplate(
  { text, separator }: CsvTemplate,
  changes: ReadonlyMap<TemplateCell, string>,
): string {
  let done = 0;
  const pieces = [...changes]
    .toSorted(([a], [b]) => a.start - b.start)
    .flatMap(([{ start, end }, content]) => {
      const before = text.slice(done, start);
      done = end;
      return [before, quoted(content, separator)];
    });
  return [...pieces, text.slice(done)].join('');
}

function rowsOf(text: string, separator: string): TemplateRow[] {
  const rows: TemplateRow[] = [];
  let row: TemplateRow = [];
  let at = startOf(text);
  while (at < text.length) {
    const cell = cellAt(text, at, separator);
    row.push(cell);
    const isLast = text[cell.end] !== separator;
    at = isLast ? afterLineEnd(text, cell.end) : cell.end + 1;
    // A file that ends with a separator has an empty cell after it.
    if (!isLast && at === text.length) row.push({ value: '', start: at, end: at });
    if (isLast || at === text.length) {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function cellAt(text: string, start: number, separator: string): TemplateCell {
  if (text[start] !== '"') {
    const end = nextOf(text, start, [separator, '\r', '\n']);
    return { value: text.slice(start, end), start, end };
  }
  const close = closingQuote(text, start);
  const value = text.slice(start + 1, close).replaceAll('""', '"');
  // Text between the quote and the separator is not part of a value.
  return { value, start, end: nextOf(text, close + 1, [separator, '\r', '\n']) };
}

function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  const line = text.slice(0, start).split('\n').length;
  throw new UsageError(`the template has a quote without an end in line ${line}`);
}

function nextOf(text: string, start: number, signs: readonly string[]): number {
  let at = start;
  while (at < text.length && !signs.includes(text[at] ?? '')) at += 1;
  return at;
}

function afterLineEnd(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}
