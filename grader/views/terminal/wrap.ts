/** Breaks and cuts lines of plain text so that they fit a width, whatever script they are in. */

import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** A blank that no line is broken at. */
const TIE = '\u00A0';

/** Vowels of Thai and Lao that take a column beside their letter, which the library counts as part of it. */
const BESIDE = /[\u0E33\u0EB3]/g;

/** How wide a text of one line is on a terminal, in columns. */
export function displayWidth(text: string): number {
  return stringWidth(text.replaceAll(BESIDE, 'x'));
}

/** At most so many columns wide; a cut shows as `…`. */
export function shortened(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const cuts = { hard: true, wordWrap: false, trim: false };
  const [start = ''] = wrapAnsi(text, Math.max(1, width - 1), cuts).split('\n');
  return `${start}…`;
}

/**
 * The lines of a text, each at most `width` columns wide; all but the first start with `indent`. A word that is longer
 * than a line is broken, and a percent sign stays with its number.
 */
export function wrap(text: string, width: number, indent: string): string[] {
  if (displayWidth(text) <= width) return [text];
  const [lead = ''] = /^ */.exec(text) ?? [];
  const body = text.slice(lead.length).normalize().replaceAll(' %', `${TIE}%`);
  const [first = ''] = fill(body, width - lead.length);
  const rest = body.slice(first.length).trim();
  const others = rest === '' ? [] : fill(rest, width - indent.length);
  return [lead + first, ...others.map((line) => indent + line)].map((line) =>
    line.replaceAll(`${TIE}%`, ' %'),
  );
}

function fill(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(1, width), { hard: true }).split('\n');
}
