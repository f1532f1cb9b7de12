/** The separator between the cells of a table: a comma, a semicolon, or the tab of a spreadsheet. */

const SEPARATORS = [',', ';', '\t'] as const;

export type Separator = (typeof SEPARATORS)[number];

/** A line before the header in which Excel says it. */
const DECLARED = /^\uFEFF?sep=([,;\t])\r?\n/i;

/** By the line in which it is declared, else by the header: there it stands most often outside of quotes. */
export function separatorOf(text: string): Separator {
  const declared = SEPARATORS.find((one) => one === DECLARED.exec(text)?.[1]);
  if (declared !== undefined) return declared;
  const [header = ''] = text.replace(/^\uFEFF?(?:\r?\n)*/, '').split(/\r\n?|\n/, 1);
  const unquoted = header.replaceAll(/"(?:[^"]|"")*"/g, '');
  const count = (sign: string) => unquoted.split(sign).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

/** How many characters the table begins after: a byte-order mark, and the line that declares the separator. */
export function startOf(text: string): number {
  return DECLARED.exec(text)?.[0].length ?? (text.startsWith('\uFEFF') ? 1 : 0);
}
