/** Writes a whole file so that a reader, or a crash, meets either the old content or the new. */

import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../ground/reason-of.js';

/** The content of a file, or the pieces of a long one. */
export type Content = string | Uint8Array | Iterable<string>;

/**
 * Replaces or creates the file: a temporary file in the same folder is written, made durable and
 * renamed over it. On failure the temporary file is removed, the old content stays, and the promise
 * is rejected with an error that names the path and has the system's error as its cause. The text may come
 * in pieces, of which only one at a time is kept.
 */
export async function writeFileAtomically(path: string, text: Content): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, text);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new Error(`could not write ${path}: ${reasonOf(cause)}`, { cause });
  }
}

/** Makes the names in a folder durable: a new or renamed file is only as safe as its folder's entry. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeDurably(path: string, text: Content): Promise<void> {
  const file = await open(path, 'wx');
  try {
    const isWhole = typeof text === 'string' || text instanceof Uint8Array;
    for (const piece of isWhole ? [text] : text) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
