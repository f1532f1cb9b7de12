/** Paths of submissions as people tell them apart: by their last parts, as in `alice/lab2` and `bob/lab2`. */

import { resolve } from 'node:path';
import { directoryOf } from '../../../harness/index.js';

/** The parts of the path that a submission was handed in as; of a part of the kit its whole name. */
export function pathParts(spec: string): string[] {
  const directory = directoryOf(spec);
  if (directory === undefined) return [spec];
  return partsOf(resolve(directory));
}

/** The parts between the slashes. Systems write an accented letter in two ways, which are equal here. */
export function partsOf(path: string): string[] {
  return path
    .normalize('NFC')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
}

/** The last parts, so many of them, as a path; the whole where it has no more. */
export function lastParts(parts: readonly string[], count: number): string {
  return parts.slice(-count).join('/');
}

/** For each path the fewest last parts that no other path ends in; the whole of one that others end in. */
export function shortestSuffixes(paths: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  const distinct = new Map(paths.map((parts) => [parts.join('/'), parts]));
  for (const parts of distinct.values()) {
    for (const suffix of suffixesOf(parts)) counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
  }
  return paths.map(
    (parts) => suffixesOf(parts).find((suffix) => counts.get(suffix) === 1) ?? parts.join('/'),
  );
}

/** The shortest first. */
function suffixesOf(parts: readonly string[]): string[] {
  return parts.map((_, at) => lastParts(parts, at + 1));
}
