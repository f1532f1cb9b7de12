/** Turns a command of a manifest into the words to execute, for one process of one run. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgsStringToArgv } from 'string-argv';
import { nearest } from '../ground/known-names.js';

/** The names in braces that a command may use. `{self}` is the process's own name, of a clerk too. */
const PLACEHOLDERS = ['self', 'view', 'dir'];

/** A name in braces; behind a dollar sign it is one of a shell. */
const IN_BRACES = /(?<!\$)\{(\w+)\}/g;

/** The mistake in the placeholders of a command, as a phrase; undefined if they are all known. */
export function misnamed(template: string): string | undefined {
  const names = [...template.matchAll(IN_BRACES)].map(([, name = '']) => name);
  const unknown = names.find((name) => !PLACEHOLDERS.includes(name));
  if (unknown === undefined) return undefined;
  const known = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
  const near = nearest(unknown.toLowerCase(), PLACEHOLDERS);
  const hint = near === undefined ? '' : ` (did you mean {${near}}?)`;
  return `unknown placeholder {${unknown}}${hint}, expected one of ${known}`;
}

/**
 * Splits as a shell would (quotes, no expansion), replaces `{self}`, `{view}` and `{dir}`, and makes a
 * word that names something below `root` absolute, because each process runs in a directory of its own.
 */
export function commandWords(
  template: string,
  root: string,
  names: Readonly<Record<string, string>>,
): string[] {
  const words = parseArgsStringToArgv(template);
  return words.map((word, index) =>
    isPath(words, index, root)
      ? join(root, word)
      : word.replaceAll(IN_BRACES, (whole, name: string) =>
          name === 'dir' ? root : (names[name] ?? whole),
        ),
  );
}

/**
 * Whether a word is a path below `root`: a file of that name is there. A folder is meant only where nothing else can
 * be: by a word with a slash, by `.`, by what an interpreter is given first, and by the value of an option such as
 * `-cp`. Elsewhere the word `view` says what a program is to be. A placeholder never stands for a path of the submission.
 */
function isPath(words: readonly string[], index: number, root: string): boolean {
  const word = words[index] ?? '';
  if (word === '' || new RegExp(IN_BRACES).test(word)) return false;
  const status = statSync(join(root, word), { throwIfNoEntry: false });
  if (status?.isDirectory() !== true) return status !== undefined;
  const before = words[index - 1] ?? '';
  const isValue = before.startsWith('-') && before !== MODULE;
  const isScript = index === 1 && !isPath(words, 0, root);
  return index > 0 && (word.includes('/') || word === '.' || isValue || isScript);
}

/** The word after it in a command of Python is the name of a module. */
const MODULE = '-m';
