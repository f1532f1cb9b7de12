/** The evidence of a run as it travels from an agent: one compressed archive, in base64. */

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { create, extract, type ReadEntry } from 'tar';
import type { Stats } from 'node:fs';

/** More would burden the queue for a single run, in bytes. */
const MOST_BYTES = 32 * 1024 ** 2;

/** The folder `path` below `root` as an archive; undefined if there is none, or it is too large to travel. */
export async function packEvidence(root: string, path: string): Promise<string | undefined> {
  if (!existsSync(join(root, path))) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of create({ cwd: join(root, path), gzip: true, portable: true }, ['.'])) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
  }
  return Buffer.concat(chunks).toString('base64');
}

/** Unpacks an archive as the folder `path` below `root`, in one step; what was there before is gone. */
export async function unpackEvidence(archive: string, root: string, path: string): Promise<void> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  const incoming = await mkdtemp(join(root, 'evidence', '.incoming-'));
  try {
    await extractInto(incoming, Buffer.from(archive, 'base64'));
    await rm(target, { recursive: true, force: true });
    await rename(incoming, target);
  } catch (error) {
    await rm(incoming, { recursive: true, force: true });
    throw error;
  }
}

function extractInto(folder: string, archive: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const unpack = extract({ cwd: folder, preserveOwner: false, strict: true, filter: isHarmless });
    unpack.once('close', resolve).once('error', reject);
    unpack.end(archive);
  });
}

/** An agent's machine has run the code of strangers: nothing but files and folders is taken from it. */
function isHarmless(_path: string, entry: ReadEntry | Stats): boolean {
  return 'type' in entry && (entry.type === 'File' || entry.type === 'Directory');
}
