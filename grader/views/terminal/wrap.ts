/** Breaks a line of plain text at blanks so that it fits a width. */

import { displayWidth, fitting } from './display-width.js';

/**
 * The lines of a text, each at most `width` columns wide; all but the first start with `indent`. A
 * word that is longer than a line is broken.
 */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (displayWidth(rest) > width) {
    const end = breakingPoint(rest, width, lines.length === 0 ? 0 : indent.length);
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
  }
  return rest.trim() === '' && lines.length > 0 ? lines : [...lines, rest];
}

/** After the last blank that fits, unless only the indentation stands before it, or a percent sign behind it. */
function breakingPoint(text: string, width: number, indentLength: number): number {
  const longest = fitting(text, width).length;
  const contentStart = Math.max(indentLength, text.search(/\S/));
  let blank = text.lastIndexOf(' ', longest);
  if (text[blank + 1] === '%') blank = text.lastIndexOf(' ', blank - 1);
  // A line takes at least one character, or it would never end.
  return blank > contentStart ? blank : Math.max(longest, contentStart + 1);
}
