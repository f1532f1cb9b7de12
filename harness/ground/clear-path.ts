/** Makes room for what the kit puts among the files of a submission. */

import { rmSync } from 'node:fs';

/**
 * Removes the file or directory at `path`. A path that the submission has locked against the kit stays: the
 * submission has cut itself off, and the next dial fails.
 */
export function clearPath(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Nothing that the kit could do better.
  }
}
