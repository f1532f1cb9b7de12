/**
 * The decimal mark of a table that a course system has exported, from the numbers in it. The separator does not show
 * it: English tables with semicolons and German ones with commas are common.
 */

import { UsageError } from '../../../harness/index.js';
import type { Separator } from '../../files/tables/separator.js';
import type { CsvTemplate } from './csv-template.js';

export type DecimalMark = '.' | ',';

/** A number with a fraction; with three digits it may be a thousand, so it does not count. */
const FRACTION = /^-?\d+([.,])\d+$/;
const PERHAPS_THOUSANDS = /^-?[1-9]\d{0,2}[.,]\d{3}$/;

export interface MarkOptions {
  /** Numbers of the columns that hold numbers. */
  columns: readonly number[];
  /** The caller's choice; it overrides the file. */
  asked: DecimalMark | undefined;
  /** The mark that is certain for a separator if the file has no fraction. */
  usual: Partial<Record<Separator, DecimalMark>>;
}

/**
 * Writes numbers as the table does.
 *
 * @throws UsageError, from the writer, for the first fraction where the mark is not clear; whole numbers have none.
 */
export function numberWriter(
  template: CsvTemplate,
  options: MarkOptions,
): (value: number) => string {
  const found = marksIn(template, options.columns);
  return (value) => {
    const text = String(value);
    return text.includes('.') ? text.replace('.', markOf(found, template, options)) : text;
  };
}

/** The number in a cell, with either mark; undefined if it is not a number. */
export function numberIn(cell: string): number | undefined {
  const text = cell.trim();
  return /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

function marksIn({ rows }: CsvTemplate, columns: readonly number[]): Map<string, string> {
  const cells = rows.flatMap((row) => columns.map((column) => row[column]?.value.trim() ?? ''));
  return new Map(
    cells
      .filter((cell) => !PERHAPS_THOUSANDS.test(cell))
      .flatMap((cell) => {
        const [, mark] = FRACTION.exec(cell) ?? [];
        return mark === undefined ? [] : [[mark, cell] as const];
      }),
  );
}

function markOf(
  found: ReadonlyMap<string, string>,
  { separator }: CsvTemplate,
  { asked, usual }: MarkOptions,
): DecimalMark {
  if (asked !== undefined) return asked;
  const known = found.size === 0 ? usual[separator] : undefined;
  if (found.size === 1) return found.has(',') ? ',' : '.';
  if (known !== undefined) return known;
  throw new UsageError('the decimal mark of the template is not clear', {
    got:
      found.size === 0
        ? 'no number with a fraction in it'
        : `numbers with both: ${[...found.values()].join(' and ')}`,
    hint: 'say which it is with --decimal comma or --decimal point',
  });
}
