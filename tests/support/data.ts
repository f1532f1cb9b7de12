/** Recorded files. They are not compiled, so they are found from the package's root. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DATA = resolve(import.meta.dirname, '../../../tests/data');

/** A file of `tests/data` as text. */
export function readData(...parts: readonly string[]): string {
  return readFileSync(dataPath(...parts), 'utf8');
}

export function dataPath(...parts: readonly string[]): string {
  return join(DATA, ...parts);
}
