/**
 * The digest of a submission's tree. Equal digests mean equal submissions; the build cache and the records
 * are keyed by it. It covers all that a copy of the tree has: the names of its files and folders, their
 * contents, which files can be executed, and where links lead. It does not cover what a copy does not have:
 * times, owners and other permissions, and the folders of version control.
 *
 * What else a build and its runs read is added where it is known: a manifest from elsewhere (submission.ts); our
 * own Go programs and the version of Go (go-lab/go-lab.ts). Other compilers and interpreters belong to the machine.
 */

import { createHash, type Hash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UnfitSubmission } from '../ground/errors.js';
import { openRegularFile } from '../ground/read-regular-file.js';
import { linkText } from './links.js';

const DIGEST_LENGTH = 32;

/** Limits on a submission: reading and copying more would hold up a class. */
const MOST_ENTRIES = 100_000;
const MOST_BYTES = 1024 ** 3;

/** Never part of a submission. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn', 'pblab-out']);

export function isPartOfSubmission(name: string): boolean {
  return !LEFT_OUT.has(name);
}

/** 32 hexadecimal digits for a text. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

/** A file, folder or link of a tree. Sockets, pipes and devices have no content; reading them might never end. */
export type TreeEntry = { path: string; isExecutable: boolean } & (
  { kind: 'folder' | 'file' | 'special' } | { kind: 'link'; text: string }
);

/** The entries below `root` that belong to a submission, folders before their content, each folder in order. */
export async function* treeEntries(root: string, below = ''): AsyncGenerator<TreeEntry> {
  const names = (await readdir(join(root, below))).filter(isPartOfSubmission).toSorted();
  for (const name of names) {
    const path = join(below, name);
    const status = await lstat(join(root, path));
    const common = { path, isExecutable: (status.mode & 0o111) !== 0 };
    if (status.isDirectory()) {
      yield { ...common, kind: 'folder' };
      yield* treeEntries(root, path);
    } else if (status.isSymbolicLink()) {
      yield { ...common, kind: 'link', text: await linkText(root, path) };
    } else {
      yield { ...common, kind: status.isFile() ? 'file' : 'special' };
    }
  }
}

/** Takes the entries of a tree in their order, with the file in which the content of each is. */
export interface TreeDigest {
  add(entry: TreeEntry, content: string): Promise<void>;
  /** 32 hexadecimal digits. */
  end(): string;
}

export function startDigest(): TreeDigest {
  const hash = createHash('sha256');
  let entries = 0;
  let bytes = 0;
  return {
    async add(entry, content) {
      entries += 1;
      if (entries > MOST_ENTRIES)
        throw tooMuch(entry, `more than ${MOST_ENTRIES} files and folders`);
      hash.update(`${entry.path}\0${entry.isExecutable ? 'x' : '-'}\0`);
      if (entry.kind === 'link') hash.update(`link ${entry.text}\0`);
      if (entry.kind !== 'file') return;
      bytes += await addFile(hash, content, MOST_BYTES - bytes, () =>
        tooMuch(entry, `more than ${MOST_BYTES / 1024 ** 3} GiB of files`),
      );
    },
    end: () => hash.digest('hex').slice(0, DIGEST_LENGTH),
  };
}

/** 32 hexadecimal digits for the tree below `root`; throws `UnfitSubmission` for a link that leads out of it. */
export async function digestTree(
  root: string,
  counts: (entry: TreeEntry) => boolean = () => true,
): Promise<string> {
  const digest = startDigest();
  for await (const entry of treeEntries(root)) {
    if (counts(entry)) await digest.add(entry, join(root, entry.path));
  }
  return digest.end();
}

/** Adds size and content of a file of at most so many bytes; gives its size. */
async function addFile(
  hash: Hash,
  path: string,
  mostBytes: number,
  tooLarge: () => UnfitSubmission,
): Promise<number> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    if (size > mostBytes) throw tooLarge();
    hash.update(`${size}\0`);
    // It may grow meanwhile.
    const stream = size === 0 ? [] : file.createReadStream({ end: size - 1, autoClose: false });
    for await (const chunk of stream) hash.update(chunk);
    return size;
  } finally {
    await file.close();
  }
}

function tooMuch({ path }: TreeEntry, got: string): UnfitSubmission {
  return new UnfitSubmission(
    `the submission is too large to be graded; ${path} exceeds the limit`,
    {
      got,
      expected: `at most ${MOST_ENTRIES} files and folders, with ${MOST_BYTES / 1024 ** 3} GiB in them`,
      hint: 'remove files that are not part of it',
    },
  );
}
