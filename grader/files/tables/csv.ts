/**
 * Writes CSV as in RFC 4180: commas, decimal points, no byte-order mark. A spreadsheet takes a cell that begins with a
 * sign such as `=` for a formula, so a text with such a sign gets an apostrophe before it; numbers do not.
 */

import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | undefined;

/** One row after another, each with a line feed at its end. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => row.map(written)));
}

/** The content of a cell, without the quotes that it may need. */
export function written(cell: Cell): string {
  if (cell === undefined) return '';
  return typeof cell === 'number' ? numberText(cell) : withoutFormula(cell);
}

/** The cell as it stands in a file with this separator. */
export function quoted(content: string, separator: string): string {
  const needsQuotes = /["\r\n]/.test(content) || content.includes(separator);
  return needsQuotes ? `"${content.replaceAll('"', '""')}"` : content;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} cannot be written as a number in a table`);
  return String(value);
}

/** A minus is not an exception: `-1+cmd()` is a formula as well. */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
