/** Makes room for what the kit puts among the files of a submission. */

import { rmSync } from 'node:fs';

/**
 * Removes whatever is at `path`, also a directory. What the submission has locked against us stays: it
 * has cut itself off, and finds out as soon as somebody dials.
 */
export function clearPath(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Nothing that the kit could do better.
  }
}
