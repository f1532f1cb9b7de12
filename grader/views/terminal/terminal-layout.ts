/** The layout of all reports for a terminal: width, colours, sentences and sections. */

import { LENGTHS, type CleanText } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { paletteOf, type Palette } from './color.js';
import { wrap } from './wrap.js';

const MAX_WIDTH = 100;
const MIN_WIDTH = 40;

export interface PaperOptions {
  color: boolean;
  /** Columns of the terminal; a report takes from 40 to 100 of them. */
  width?: number | undefined;
}

export interface Paper {
  palette: Palette;
  /** In columns. */
  width: number;
}

export function paperFor({ color, width = MAX_WIDTH }: PaperOptions): Paper {
  const columns = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width));
  return { palette: paletteOf(color), width: columns };
}

const INDENT = '    ';

/** A sentence as lines, indented from the second one on; line feeds in it are blanks. */
export function sentence(text: string, { width }: Paper, indent = ''): string[] {
  return wrap(`${indent}${text.replaceAll(/\s*\n\s*/g, ' ')}`, width, `${indent}${INDENT}`);
}

/** Names in a row; of more than `shown` the rest is counted. */
export function listed(names: readonly CleanText[], shown = Infinity): string {
  const told = names.slice(0, shown).map((name) => shorten(name, LENGTHS.cell));
  const more = names.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** The sections that have lines, with an empty line between them and a line feed at the end. */
export function report(sections: readonly (readonly string[])[]): string {
  return sections
    .filter((lines) => lines.length > 0)
    .map(textOf)
    .join('\n');
}

/** Lines as a text, without blanks at their ends. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** Points with as many digits as they have, at most 2. */
export function points(value: number): string {
  return String(Number(value.toFixed(2)));
}
