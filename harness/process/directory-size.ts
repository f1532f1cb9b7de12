/** How much a program has written in its directory. */

import { lstatSync, opendirSync, type Dir, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The file system counts the space of a file in blocks of so many bytes (stat(2)). */
const BLOCK_BYTES = 512;

export interface DirectoryLimit {
  bytes: number;
  /** Files and folders. */
  entries: number;
}

/** So many entries are looked at in one go, which takes some ms; then whatever waits gets its turn. */
const ENTRIES_A_TURN = 250;

/** Whether a directory takes more space than it may, or holds more; no more of it is read than is needed to know. */
export async function exceeds(directory: string, limit: DirectoryLimit): Promise<boolean> {
  const left = { ...limit };
  const folders = [directory];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesIn(folder)) {
      const path = join(folder, entry.name);
      left.entries -= 1;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) left.bytes -= spaceOf(path);
      if (left.entries < 0 || left.bytes < 0) return true;
      if (left.entries % ENTRIES_A_TURN === 0) await nextTurn();
    }
  }
  return false;
}

/** What is gone, or cannot be read, takes no space that could be told. */
function* entriesIn(folder: string): Iterable<Dirent> {
  let open: Dir | undefined;
  try {
    open = opendirSync(folder);
    for (let entry = open.readSync(); entry !== null; entry = open.readSync()) yield entry;
  } catch {
    // It was removed meanwhile, or belongs to somebody else.
  } finally {
    open?.closeSync();
  }
}

function spaceOf(file: string): number {
  try {
    return lstatSync(file).blocks * BLOCK_BYTES;
  } catch {
    return 0;
  }
}
