/** What the parts of a report for a terminal are written on. */

import { sanitizeLine } from '../../text/sanitize.js';
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

/** Names of scenarios and submissions are cut to so many characters. */
export const NAME_LENGTH = 60;

const INDENT = '    ';

/** A sentence as lines, indented from the second one on. */
export function sentence(text: string, { width }: Paper, indent = ''): string[] {
  return wrap(`${indent}${text}`, width, `${indent}${INDENT}`);
}

/** Names in a row; of more than `shown` the rest is counted. */
export function listed(names: readonly string[], shown = Infinity): string {
  const clean = names.slice(0, shown).map((name) => sanitizeLine(name, NAME_LENGTH));
  const more = names.length - clean.length;
  return [...clean, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Points with as many digits as they have, at most 2. */
export function points(value: number): string {
  return String(Number(value.toFixed(2)));
}
