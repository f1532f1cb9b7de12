/**
 * The cache of builds, below the user's own. A build that was changed since it was put there, by whatever could write
 * in it, is not used again: with it stands the digest of what was built.
 */

import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '../../ground/cache-directory.js';
import { removeTree } from '../../process/remove-tree.js';
import { digestTree } from '../digest.js';

/** Submissions are kept apart from what is compiled for all of them. */
export type Shelf = 'builds' | 'go';

/** Where builds are kept, and where new ones are made, so that they can be moved into place in one step. */
export function shelfFolder(shelf: Shelf): string {
  return join(cacheDirectory(), shelf);
}

/** Below the folder of a digest: what was built, and its own digest. They come together, or not at all. */
const PRODUCT = 'product';
const SUM = 'sum';

/** The build that is kept under a digest; undefined if there is none, or it is not what was put there. */
export async function findKept(digest: string, shelf: Shelf): Promise<string | undefined> {
  const folder = join(shelfFolder(shelf), digest);
  if (!existsSync(folder)) return undefined;
  if (await isIntact(folder)) return join(folder, PRODUCT);
  await removeTree(folder);
  return undefined;
}

async function isIntact(folder: string): Promise<boolean> {
  try {
    return readFileSync(join(folder, SUM), 'utf8') === (await digestTree(join(folder, PRODUCT)));
  } catch {
    // It holds what a kept build cannot hold, or there is no digest, as in the cache of an earlier version.
    return false;
  }
}

/** Moves a build into the cache; of two that race, either is as good. */
export async function keepBuild(built: string, digest: string, shelf: Shelf): Promise<string> {
  const folder = join(shelfFolder(shelf), digest);
  const packed = `${built}.kept`;
  await mkdir(packed);
  // Programs of other users must get through, whatever the caller lets others see of its files.
  await chmod(packed, 0o755);
  await writeFile(join(packed, SUM), await digestTree(built));
  await rename(built, join(packed, PRODUCT));
  await rename(packed, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
  return join(folder, PRODUCT);
}

/** Removes the build of a submission from the cache. */
export function forgetBuild(digest: string): Promise<void> {
  return removeTree(join(shelfFolder('builds'), digest));
}
