/** Turns a command of a manifest into the words to execute, for one process of one run. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgsStringToArgv } from 'string-argv';

/**
 * Splits as a shell would (quotes, no expansion), replaces `{self}`, `{view}` and `{dir}`, and makes a
 * word that names an existing file below `root` absolute, because each process runs in a directory of
 * its own.
 */
export function commandWords(
  template: string,
  root: string,
  names: Readonly<Record<string, string>>,
): string[] {
  return parseArgsStringToArgv(template).map((word) => {
    const filled = word.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      name === 'dir' ? root : (names[name] ?? whole),
    );
    return existsSync(join(root, filled)) ? join(root, filled) : filled;
  });
}
