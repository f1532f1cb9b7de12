/** Turns a command of a manifest into the words to execute, for one process of one run. */

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgsStringToArgv } from 'string-argv';

/** What a command may name in braces. `{self}` is the process's own name, of a clerk too. */
const PLACEHOLDERS = ['self', 'view', 'dir'];

/** A name in braces; behind a dollar sign it is one of a shell. */
const IN_BRACES = /(?<!\$)\{(\w+)\}/g;

/** What is wrong with the placeholders of a command, as a phrase; undefined if they are all known. */
export function misnamed(template: string): string | undefined {
  const names = [...template.matchAll(IN_BRACES)].map(([, name = '']) => name);
  const unknown = names.find((name) => !PLACEHOLDERS.includes(name));
  if (unknown === undefined) return undefined;
  const known = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
  return `unknown placeholder {${unknown}}, expected one of ${known}`;
}

/**
 * Splits as a shell would (quotes, no expansion), replaces `{self}`, `{view}` and `{dir}`, and makes a
 * word that names an existing file below `root` absolute, because each process runs in a directory of
 * its own. A folder is no program, whatever its name.
 */
export function commandWords(
  template: string,
  root: string,
  names: Readonly<Record<string, string>>,
): string[] {
  return parseArgsStringToArgv(template).map((word, index) => {
    const filled = word.replaceAll(IN_BRACES, (whole, name: string) =>
      name === 'dir' ? root : (names[name] ?? whole),
    );
    const path = join(root, filled);
    return existsSync(path) && (index > 0 || statSync(path).isFile()) ? path : filled;
  });
}
