/**
 * Opens an archive of a submission in the cache of the kit, under the digest of the archive: the student's folder is
 * never written to, and whoever asks again finds the same place. Archives in archives stay closed.
 */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UnfitSubmission } from '../../errors.js';
import { openSession } from '../../process/session.js';
import { cacheDirectory } from '../build.js';
import { allowanceFor, type Allowance } from './allowance.js';
import { archiveKind } from './archive-kind.js';
import { untar } from './untar.js';
import { unzip } from './unzip.js';

type Opener = (file: string, folder: string, allowance: Allowance) => Promise<string | undefined>;

const OPENERS: Readonly<Record<string, Opener>> = { zip: unzip, gzip: untar, tar: untar };

/**
 * The folder with what is in an archive; `called` is how the archive is named to people. Throws `UnfitSubmission` for
 * one that cannot be opened, or that must not be.
 */
export async function openArchive(file: string, called: string): Promise<string> {
  const kind = archiveKind(file);
  const open = OPENERS[kind ?? ''];
  if (open === undefined) {
    throw new UnfitSubmission(`${called} is an archive that cannot be opened`, {
      got: kind ?? 'something else than its name says',
      expected: 'a zip or tar file, or a tar file packed by gzip',
      hint: 'unpack it',
    });
  }
  const base = join(cacheDirectory(), 'unpacked');
  const directory = join(base, await digestFile(file));
  if (existsSync(directory)) return directory;
  await mkdir(base, { recursive: true });
  const session = await openSession(base);
  const workshop = join(session.directory, 'archive');
  try {
    await mkdir(workshop);
    const refusal = await attempt(open(file, workshop, allowanceFor(statSync(file).size)));
    if (refusal !== undefined) {
      const why = refusal.replaceAll(`${workshop}/`, '');
      throw new UnfitSubmission(`the archive ${called} was not opened: ${why}`);
    }
    // Two may open one archive at the same time; either result is as good.
    await rename(workshop, directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
    return directory;
  } finally {
    await session.close();
  }
}

/** What is wrong with an archive itself is the student's; that the disk is full is not. */
async function attempt(opening: Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await opening;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

async function digestFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
