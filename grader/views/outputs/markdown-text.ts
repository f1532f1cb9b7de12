/**
 * Text for GitHub-flavoured Markdown. Every sign that could mean something is escaped, and so are the beginnings of
 * links and of mentions, which are made out of plain words.
 */

/** Where a mark of Markdown, of HTML or of a table may begin. */
const SIGNS = /[\\`*_{}[\]<>#|~&!$^]/g;

/** At the start: a bullet, or what may be a line below a heading. */
const BULLET_OR_LINE = /^(\s*)([-+](?=\s|$)|--|=)/;

/** At the start: `1.` or `1)` before a blank, which begins a list. A number such as `89.12` does not. */
const NUMBER_OF_ITEM = /^(\s*\d{1,9})([.)])(?=\s|$)/;

/** It has no width, and keeps an address or a name from being made a link. */
const JOINER = '\u2060';

export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(SIGNS, String.raw`\$&`)
    .replaceAll('@', `@${JOINER}`)
    .replaceAll('://', `:${JOINER}//`)
    .replaceAll(/www\./gi, (word) => `${word.slice(0, 3)}${JOINER}.`)
    .replace(BULLET_OR_LINE, String.raw`$1\$2`)
    .replace(NUMBER_OF_ITEM, String.raw`$1\$2`);
}

/** As `codeMarkdown`, within a table, where a bar would end the cell. */
export function codeInTable(text: string): string {
  return codeMarkdown(text).replaceAll('|', String.raw`\|`);
}

/** Text that is shown unchanged, in one line. */
export function codeMarkdown(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  // A blank on either side is taken away again when it is shown.
  const content = /^[` ]|[` ]$|^$/.test(text) ? ` ${text} ` : text;
  return `${fence}${content}${fence}`;
}
