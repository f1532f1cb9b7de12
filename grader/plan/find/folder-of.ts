/** The folder in which a submission was handed in, from its specification. */

import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { directoryOf } from '../../../harness/index.js';

/** The name of the directory of a submission, as it stands in a roster; else the whole of it. */
export function folderOf(spec: string): string {
  const directory = directoryOf(spec);
  return directory === undefined ? spec : basename(resolve(directory)).normalize('NFC');
}

/**
 * One text for all paths of a folder, as `./alice/` and `../class/alice` do. A link in the path to it is
 * followed, and one that stands in its place is not: two links to one folder may be the folders of two students.
 */
export function placeKey(spec: string): string {
  const directory = directoryOf(spec);
  if (directory === undefined) return spec;
  const path = resolve(directory);
  return join(realPath(dirname(path)), basename(path));
}

/**
 * These words without those that name a folder again, and those that do; parts of the kit may be given as often as one
 * likes.
 */
export function withoutRepeats(specs: readonly string[]): { once: string[]; repeats: string[] } {
  const keys = specs.map(placeKey);
  const isRepeat = (spec: string, at: number) =>
    directoryOf(spec) !== undefined && keys.indexOf(keys[at] ?? '') < at;
  return {
    once: specs.filter((spec, at) => !isRepeat(spec, at)),
    repeats: specs.filter(isRepeat),
  };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
