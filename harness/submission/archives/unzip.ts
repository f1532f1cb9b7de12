/** Writes what is in a zip file into a folder, as far as that is harmless. */

import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Allowance } from './allowance.js';

/** The file types of Unix in the upper half of the attributes. */
const TYPE_MASK = 0o170_000;
const LINK = 0o120_000;
const KNOWN = new Set([0, 0o040_000, 0o100_000, LINK]);

/** A path is no longer than this, in bytes. */
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
      const at = join(folder, entry.fileName);
      if (typeOf(entry) === LINK) links.push([at, await text(await contentOf(zip, entry))]);
      else await writeEntry(zip, entry, at);
    }
  } finally {
    zip.close();
  }
  // After all files, so that none is written through a link. Where they lead is looked at with the rest of the tree.
  for (const [at, to] of links) {
    await mkdir(dirname(at), { recursive: true });
    await symlink(to, at);
  }
  return undefined;
}

function refusalOf(entry: Entry, allowance: Allowance): string | undefined {
  const { fileName: path, uncompressedSize: size } = entry;
  if (entry.isEncrypted()) return 'it is protected by a password';
  if (!entry.canDecodeFileData()) return `it holds ${path}, packed in a way that is not known`;
  if (!KNOWN.has(typeOf(entry))) return `it holds ${path}, which is not a file, folder or link`;
  if (typeOf(entry) === LINK && size > LONGEST_LINK) return `it holds ${path}, a link without end`;
  return allowance.refusal({ path, size });
}

async function writeEntry(zip: ZipFile, entry: Entry, at: string): Promise<void> {
  if (entry.fileName.endsWith('/')) {
    await mkdir(at, { recursive: true });
    return;
  }
  await mkdir(dirname(at), { recursive: true });
  const mode = (modeOf(entry) & 0o111) === 0 ? 0o644 : 0o755;
  await pipeline(await contentOf(zip, entry), createWriteStream(at, { flags: 'wx', mode }));
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
