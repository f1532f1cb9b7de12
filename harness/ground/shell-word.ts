/**
 * Words of a command that is shown, so that it can be pasted into a shell whatever the names of folders are. A course
 * system makes folders such as `Müller, Zoë (late)_482193_file_`.
 */

/** Characters that no shell takes for anything but themselves; a word of others is quoted. */
const PLAIN = /^[\w./:@+,-][\w./:@+,=-]*$/;

const CONTROL = /\p{Cc}/u;

/**
 * `text` as one word for a POSIX shell, and no option of the command. One with control characters is written in the
 * way of bash, zsh and ksh, because a terminal would not show it otherwise.
 */
export function shellWord(text: string): string {
  const word = text.startsWith('-') ? `./${text}` : text;
  if (PLAIN.test(word)) return word;
  if (!CONTROL.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${Array.from(word, escaped).join('')}'`;
}

function escaped(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!CONTROL.test(character)) return character;
  return Array.from(
    Buffer.from(character),
    (byte) => `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
