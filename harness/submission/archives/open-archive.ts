/**
 * Opens an archive of a submission in the cache of the kit, under the digest of the archive: the student's folder is
 * never written to, and the same archive opens at the same place again. Archives in archives stay closed.
 */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UnfitSubmission, UsageError } from '../../ground/errors.js';
import { openSession } from '../../process/session.js';
import { cacheDirectory } from '../../ground/cache-directory.js';
import { allowanceFor, type Allowance } from './allowance.js';
import { archiveKindToOpen } from './archive-kind.js';
import { isMachineError } from './system-error.js';
import { untar } from './untar.js';
import { unzip } from './unzip.js';

type Opener = (file: string, folder: string, allowance: Allowance) => Promise<string | undefined>;

const OPENERS: Readonly<Record<string, Opener>> = { zip: unzip, gzip: untar, tar: untar };

/**
 * The folder with what is in an archive; `called` is how the archive is named to people. Throws `UnfitSubmission` for
 * one that cannot be opened, or that must not be, and `UsageError` for one that the caller may not read.
 */
export async function openArchive(file: string, called: string): Promise<string> {
  const kind = kindOf(file, called);
  const open = OPENERS[kind ?? ''];
  if (open === undefined) {
    throw new UnfitSubmission(`${called} is an archive that cannot be opened`, {
      got: kind ?? 'content that does not match its name',
      expected: 'a zip, tar or tar.gz file',
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

function kindOf(file: string, called: string): string | undefined {
  try {
    return archiveKindToOpen(file);
  } catch (cause) {
    if (!isMachineError(cause) || (cause.code !== 'EACCES' && cause.code !== 'EPERM')) throw cause;
    throw new UsageError(`the archive ${called} cannot be read`, {
      got: `${cause.code} (you may not read it)`,
      expected: 'a file that you may read',
      hint: `change the permissions of ${file}`,
      cause,
    });
  }
}

/** The student is charged for a mistake in the archive, but not for an error of the machine. */
async function attempt(opening: Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (isMachineError(error)) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

async function digestFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
