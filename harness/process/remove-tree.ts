/** Removes the files that programs have left, even if they changed the permissions. */

import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes a directory in which no program runs any more; one that is not there is removed already. */
export async function removeTree(directory: string): Promise<void> {
  const remove = () => rm(directory, { recursive: true, force: true, maxRetries: 5 });
  await remove().catch(async () => {
    await unseal(directory);
    await remove();
  });
}

/** A program may have taken the right to write in its folders away; who cleans up gives it back. */
async function unseal(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.filter((each) => each.isDirectory())) {
    await unseal(join(folder, entry.name));
  }
}
