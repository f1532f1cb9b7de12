/**
 * Puts a virtual clock into the Go that is installed, for `go build -overlay`: copies of a few of its sources, changed at
 * places that are found by their text. The installation itself stays what it is. A version in which one of the places
 * is missing gets no overlay, and a reason.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ADDED_FILES, EDITED_FILES, IN_ADDED_FILES, type Edit } from './edits.js';

export type Overlay =
  | {
      kind: 'made';
      /** Of all that it changes. */
      digest: string;
      /** The new texts, by the files of the installation for which they stand. */
      files: ReadonlyMap<string, string>;
    }
  | {
      kind: 'none';
      /** Why there is none, as a sentence without its end. */
      reason: string;
    };

/** What `go build` gets as the file of its option `-overlay`. */
export const OVERLAY_FILE = 'overlay.json';

/** Not compiled by us, so they are found from the package's root. */
const ADDED = resolve(import.meta.dirname, '../../../../../harness/virtual/go/overlay');

/** A place that a version of Go does not have. */
class MissingPlace extends Error {}

/** The overlay for the Go of a version, such as `go1.26.8`, in this folder. */
export function makeOverlay(goroot: string, version: string): Overlay {
  const release = version.replace(/^go/, '');
  try {
    const files = new Map<string, string>();
    for (const { file, edits } of EDITED_FILES) {
      const ours = edits.filter((edit) => isFor(edit, release));
      if (ours.length > 0) files.set(...edited(goroot, file, ours));
    }
    const inAdded = IN_ADDED_FILES.filter((edit) => isFor(edit, release));
    for (const file of ADDED_FILES) files.set(...added(goroot, file, inAdded));
    return { kind: 'made', digest: digestOf(files), files };
  } catch (error) {
    if (!(error instanceof MissingPlace)) throw error;
    return {
      kind: 'none',
      reason: `Go ${release} cannot be given a virtual clock: ${error.message}`,
    };
  }
}

/** Writes an overlay into a folder; gives the path of the file for `-overlay`. */
export function layOutOverlay(
  { files }: Extract<Overlay, { kind: 'made' }>,
  folder: string,
): string {
  const replaced: Record<string, string> = {};
  let number = 0;
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) {
    // Two of them may be called alike.
    replaced[file] = join(folder, `${number++}-${file.split('/').at(-1)}`);
    writeFileSync(replaced[file], text);
  }
  const path = join(folder, OVERLAY_FILE);
  writeFileSync(path, JSON.stringify({ Replace: replaced }));
  return path;
}

function edited(goroot: string, file: string, edits: readonly Edit[]): [string, string] {
  const path = join(goroot, 'src', file);
  if (!existsSync(path)) throw new MissingPlace(`it has no file src/${file}`);
  const text = edits.reduce(
    (before, edit) => apply(edit, before, `src/${file}`),
    readFileSync(path, 'utf8'),
  );
  return [path, text];
}

function added(goroot: string, file: string, edits: readonly Edit[]): [string, string] {
  const text = readFileSync(join(ADDED, file), 'utf8');
  const path = join(goroot, 'src', file);
  return [path, edits.reduce((before, edit) => before.replace(edit.old, () => edit.new), text)];
}

function apply({ old, new: text }: Edit, before: string, file: string): string {
  const parts = before.split(old);
  const [head, tail] = parts;
  if (head !== undefined && tail !== undefined && parts.length === 2) return head + text + tail;
  const found = parts.length === 1 ? 'no' : `${parts.length - 1} times`;
  throw new MissingPlace(`its ${file} has ${found} ${JSON.stringify(old.trim().split('\n')[0])}`);
}

function isFor({ since, before }: Edit, release: string): boolean {
  return (
    (since === undefined || compare(release, since) >= 0) &&
    (before === undefined || compare(release, before) < 0)
  );
}

/** Compares the first two numbers of versions. */
function compare(one: string, other: string): number {
  const [major = 0, minor = 0] = numbers(one);
  const [otherMajor = 0, otherMinor = 0] = numbers(other);
  return major - otherMajor || minor - otherMinor;
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [file, text] of files) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex');
}
