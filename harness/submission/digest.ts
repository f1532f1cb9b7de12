/**
 * The digest of a submission's tree: names, modes and contents of its files. Equal digests mean equal
 * submissions; the build cache and the records are keyed by it.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const DIGEST_LENGTH = 32;

/** Never part of a submission. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn', 'pblab-out']);

export function isPartOfSubmission(name: string): boolean {
  return !LEFT_OUT.has(name);
}

/** 32 hexadecimal digits for a text. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

/** 32 hexadecimal digits for the tree below `root`. */
export async function digestTree(root: string): Promise<string> {
  const hash = createHash('sha256');
  await addDirectory(hash, root, '');
  return hash.digest('hex').slice(0, DIGEST_LENGTH);
}

async function addDirectory(
  hash: ReturnType<typeof createHash>,
  root: string,
  below: string,
): Promise<void> {
  const names = (await readdir(join(root, below))).filter(isPartOfSubmission).toSorted();
  for (const name of names) {
    const path = join(below, name);
    const status = await lstat(join(root, path));
    hash.update(`${path}\0${status.mode & 0o111 ? 'x' : '-'}\0`);
    if (status.isDirectory()) await addDirectory(hash, root, path);
    else if (status.isSymbolicLink()) hash.update(`link ${await readlink(join(root, path))}\0`);
    // Sockets, pipes and devices have no content; reading them might never end.
    else if (status.isFile()) {
      hash.update(`${status.size}\0`);
      for await (const chunk of fileChunks(join(root, path))) hash.update(chunk);
    }
  }
}

function fileChunks(path: string): AsyncIterable<Buffer> {
  return createReadStream(path);
}
