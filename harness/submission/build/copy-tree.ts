/** Copies the tree of a submission, and of what was built of one: regular files, folders, and links that stay inside. */

import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UnfitSubmission } from '../../ground/errors.js';
import { openRegularFile, UnreadableFile } from '../../ground/read-regular-file.js';
import { startDigest, treeEntries, type TreeEntry } from '../digest.js';

/** The files of a submission, and the digest that was made of them. */
export interface Tree {
  /** Absolute; may be a link. */
  directory: string;
  digest: string;
}

/**
 * Copies a submission, without files that do not belong to it and files whose names `keeps` refuses. Links lead to
 * the same part of the copy. The folders of the copy can be written whatever those of the source allow, so that
 * there can be built in them, and they can be removed; of the permissions of a file only stays whether it can be
 * executed, because that is what the digest covers.
 *
 * @throws UnfitSubmission if the source is not what its digest says any more.
 */
export async function copyTree(
  { directory, digest }: Tree,
  target: string,
  keeps: (name: string) => boolean = () => true,
): Promise<void> {
  const changed = (cause?: unknown) =>
    new UnfitSubmission(`${directory} changed while it was being copied`, {
      hint: 'run the command again when nothing writes to it',
      cause,
    });
  const copied = await copyAndDigest(directory, target, keeps).catch((error: unknown) => {
    throw isGone(error) ? changed(error) : error;
  });
  if (copied !== digest) throw changed();
}

/** Whether something was not there any more, or was something else. */
function isGone(error: unknown): boolean {
  if (error instanceof UnreadableFile && error.code !== 'EACCES') return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return ['ENOENT', 'ENOTDIR', 'EINVAL', 'EISDIR'].some((each) => each === code);
}

/**
 * Copies what can be kept of a tree: no sockets, pipes or devices. Gives the digest of what was copied, and of what was
 * left out.
 */
export async function copyAndDigest(
  source: string,
  target: string,
  keeps: (name: string) => boolean,
): Promise<string> {
  const digest = startDigest();
  await makeFolder(target);
  for await (const entry of treeEntries(source)) {
    const from = join(source, entry.path);
    const to = join(target, entry.path);
    const isKept = entry.kind === 'folder' || keeps(basename(entry.path));
    if (isKept) await copyEntry(entry, from, to);
    await digest.add(entry, isKept ? to : from);
  }
  return digest.end();
}

/** One that programs of other users may enter, whatever the kit's caller lets others see of its files. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}

async function copyEntry(entry: TreeEntry, from: string, to: string): Promise<void> {
  if (entry.kind === 'folder') await makeFolder(to);
  else if (entry.kind === 'link') await symlink(entry.text, to);
  else if (entry.kind === 'file') {
    await copyRegularFile(from, to);
    await chmod(to, entry.isExecutable ? 0o755 : 0o644);
  }
}

/** As much as is read of a file at once. */
const NOTHING = Buffer.alloc(64 * 1024);

/** Something else may have come into the place of a file since it was seen there. */
async function copyRegularFile(from: string, to: string): Promise<void> {
  const file = await openRegularFile(from);
  const copy = await open(to, 'w').catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  try {
    let size = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const bytes: Buffer = chunk;
      // What is empty takes no space in the copy either: a file of holes must not fill the disk.
      if (!NOTHING.subarray(0, bytes.length).equals(bytes)) {
        await copy.write(bytes, 0, bytes.length, size);
      }
      size += bytes.length;
    }
    await copy.truncate(size);
  } finally {
    await file.close();
    await copy.close();
  }
}
