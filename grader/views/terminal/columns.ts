/** A table as lines: a heading, and cells that stand below each other, whatever script they are in. */

import { displayWidth, shortened } from './wrap.js';
import type { Palette } from './color.js';

export interface Column<Row> {
  /** Title, of one line or several. */
  title: string;
  /** Plain text of one line. */
  text: (row: Row) => string;
  align?: 'right';
  /** Colours the text of the cell without changing its width. */
  paint?: (cell: string, row: Row) => string;
  /** Cut to so many columns in any case. */
  most?: number;
  /** Cut to what the others leave of the width; of one column at most. */
  flexible?: true;
}

const GAP = '  ';

/** A narrower flexible column would not distinguish names, since many begin alike. */
const LEAST_FLEXIBLE = 24;

/** The lines of a table, at most `width` columns wide if its flexible column can be made small enough. */
export function renderColumns<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { palette, width }: { palette: Palette; width: number },
): string[] {
  const natural = columns.map((one) => naturalWidth(one, rows));
  const taken = sumOf(natural);
  const widths = columns.map(({ flexible, title }, index) => {
    const own = natural[index] ?? 0;
    return flexible ? Math.max(titleWidth(title), own - Math.max(0, taken - width)) : own;
  });
  const line = (cells: readonly string[]) => cells.join(GAP).trimEnd();
  return [
    ...headings(columns, widths).map((cells) => palette.dim(line(cells))),
    ...rows.map((row) =>
      line(
        columns.map(({ text, align, paint = String }, index) =>
          pad(text(row), widths[index], align, (cell) => (cell === '' ? '' : paint(cell, row))),
        ),
      ),
    ),
  ];
}

function headings<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
): readonly (readonly string[])[] {
  const height = Math.max(...columns.map(({ title }) => title.split('\n').length));
  return Array.from({ length: height }, (_, at) =>
    columns.map(({ title, align }, index) =>
      pad(title.split('\n')[at] ?? '', widths[index], align),
    ),
  );
}

/** Whether a table of these has room for what its flexible column says. */
export function hasRoom<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
): boolean {
  const least = columns.map((one) => {
    const own = naturalWidth(one, rows);
    return one.flexible ? Math.min(own, LEAST_FLEXIBLE) : own;
  });
  return sumOf(least) <= width;
}

function naturalWidth<Row>(
  { title, text, most = Infinity }: Column<Row>,
  rows: readonly Row[],
): number {
  return Math.max(titleWidth(title), Math.min(most, widest(rows.map(text))));
}

function titleWidth(title: string): number {
  return widest(title.split('\n'));
}

/** With the gaps between them. */
function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one + GAP.length, -GAP.length);
}

function widest(cells: readonly string[]): number {
  return cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), 0);
}

function pad(
  text: string,
  width = 0,
  align: 'right' | undefined,
  paint: (cell: string) => string = String,
): string {
  const cell = shortened(text, width);
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(cell)));
  return align === 'right' ? blanks + paint(cell) : paint(cell) + blanks;
}
