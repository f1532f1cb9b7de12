/** Breaks a line of plain text at blanks so that it fits a width. */

/**
 * The lines of a text, each at most `width` characters; all but the first start with `indent`. A
 * word that is longer than a line is broken.
 */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const end = breakingPoint(rest, width, lines.length === 0 ? 0 : indent.length);
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/** After the last blank that fits, unless only the indentation stands before it. */
function breakingPoint(text: string, width: number, indentLength: number): number {
  const blank = text.lastIndexOf(' ', width);
  const contentStart = Math.max(indentLength, text.search(/\S/));
  return blank > contentStart ? blank : width;
}
