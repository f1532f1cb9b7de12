/** Writes what is in a zip file into a folder, as far as that is harmless. */

import { createWriteStream } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Allowance } from './allowance.js';
import { namesIn, type EntryKind } from './entry-places.js';

/** The file types of Unix in the upper half of the attributes. */
const TYPE_MASK = 0o170_000;
const LINK = 0o120_000;
const KNOWN = new Set([0, 0o040_000, 0o100_000, LINK]);

/** The longest path, in bytes. */
const LONGEST_LINK = 4096;

/** Resolves to why it was not opened, as a phrase; undefined if all of it was written. */
export async function unzip(
  file: string,
  folder: string,
  allowance: Allowance,
): Promise<string | undefined> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false });
  const links: [at: string, to: string][] = [];
  try {
    const tooMany = allowance.refusalOfCount(zip.entryCount);
    if (tooMany !== undefined) return tooMany;
    for await (const entry of zip.eachEntry()) {
      const refusal = refusalOf(entry, allowance);
      if (refusal !== undefined) return refusal;
      const at = join(folder, ...namesIn(entry.fileName));
      const kind = kindOf(entry);
      if (kind === 'folder') await mkdir(at, { recursive: true });
      else if (kind === 'file') await writeFile(zip, entry, at, folder);
      else {
        const to = await text(await contentOf(zip, entry));
        if (to === '' || to.includes('\0'))
          return `it holds ${entry.fileName}, a link without a target`;
        links.push([at, to]);
      }
    }
  } finally {
    zip.close();
  }
  // After all files, so that none is written through a link. Where they lead is looked at with the rest of the tree.
  for (const [at, to] of links) {
    await makeFolderOf(at, folder);
    await symlink(to, at);
  }
  return undefined;
}

function refusalOf(entry: Entry, allowance: Allowance): string | undefined {
  const { fileName: path, uncompressedSize: size } = entry;
  if (entry.isEncrypted()) return 'it is protected by a password';
  if (!entry.canDecodeFileData()) return `it holds ${path}, packed by an unknown method`;
  if (!KNOWN.has(typeOf(entry))) return `it holds ${path}, which is not a file, folder or link`;
  if (typeOf(entry) === LINK && size > LONGEST_LINK)
    return `it holds ${path}, a link whose target is too long`;
  return allowance.refusal({ path, kind: kindOf(entry), size });
}

async function writeFile(zip: ZipFile, entry: Entry, at: string, folder: string): Promise<void> {
  await makeFolderOf(at, folder);
  const mode = (modeOf(entry) & 0o111) === 0 ? 0o644 : 0o755;
  await pipeline(await contentOf(zip, entry), createWriteStream(at, { flags: 'wx', mode }));
}

/** No path leads out of the folder at this point; this is checked again, because a file would be written there. */
async function makeFolderOf(at: string, folder: string): Promise<void> {
  await mkdir(dirname(at), { recursive: true });
  const [parent, root] = await Promise.all([realpath(dirname(at)), realpath(folder)]);
  if (!`${parent}/`.startsWith(`${root}/`)) throw new Error(`${at} leads out of the archive`);
}

function kindOf(entry: Entry): EntryKind {
  if (typeOf(entry) === LINK) return 'link';
  return entry.fileName.endsWith('/') ? 'folder' : 'file';
}

function contentOf(zip: ZipFile, entry: Entry) {
  return zip.openReadStreamPromise(entry);
}

function typeOf(entry: Entry): number {
  return modeOf(entry) & TYPE_MASK;
}

/** 0 where the archive was made by a system that has none. */
function modeOf({ externalFileAttributes, versionMadeBy }: Entry): number {
  const isUnix = versionMadeBy >> 8 === 3;
  return isUnix ? externalFileAttributes >>> 16 : 0;
}
