/** Removes the files that programs have left, even if they changed the permissions. */

import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Removes a directory in which no program runs any more; one that is not there is removed already. Node is enough for
 * most; `rm` also removes folders so deep that no path leads to their end.
 */
export async function removeTree(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 }).catch(async () => {
    // A program may have taken the right to write in its folders away; who cleans up gives it back.
    await run('chmod', ['-R', 'u+rwx', '--', directory]).catch(() => {});
    await run('rm', ['-rf', '--', directory]);
  });
}
