/** Puts the files of outputs where they belong. */

import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomically, type Content } from '../../files/write-file-atomically.js';

export interface FileToWrite {
  /** Relative to the folder for outputs. */
  path: string;
  text: Content;
}

/** Files that wait together for the disk. */
const AT_ONCE = 32;

/** Writes the files below a folder, each as a whole or not at all; resolves to their paths. */
export async function writeOutputs(
  folder: string,
  files: readonly FileToWrite[],
): Promise<string[]> {
  const paths = files.map(({ path }) => join(folder, path));
  for (const place of new Set(paths.map((path) => dirname(path)))) {
    await mkdir(place, { recursive: true });
  }
  for (let first = 0; first < files.length; first += AT_ONCE) {
    const some = files.slice(first, first + AT_ONCE);
    await Promise.all(some.map(({ path, text }) => writeFileAtomically(join(folder, path), text)));
  }
  return paths;
}
