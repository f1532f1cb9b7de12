/** Reads a file of a Go submission: one that is in its tree, and as large as a person may have written it. */

import { join } from 'node:path';
import { UnfitSubmission } from '../../ground/errors.js';
import { readRegularText, UnreadableFile } from '../../ground/read-regular-file.js';

const LIMIT_BYTES = 1024 * 1024;

/** The text of the file at `path` below `tree`; throws `UnfitSubmission`. */
export function readPart(tree: string, path: string): string {
  const file = join(tree, path);
  try {
    return readRegularText(file, { links: { inside: tree }, limitBytes: LIMIT_BYTES });
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    const { got, expected } = cause;
    throw new UnfitSubmission(`${file} cannot be read`, { got, expected, cause });
  }
}
