/** Reads a file of a submission: it must be in its tree, and not larger than a person would write. */

import { join } from 'node:path';
import { UnfitSubmission } from '../ground/errors.js';
import { readRegularText, UnreadableFile, type Reading } from '../ground/read-regular-file.js';

export const PART_LIMIT_BYTES = 1024 * 1024;

/** The text of the file at `path` below `tree`; throws `UnfitSubmission`. */
export function readPart(
  tree: string,
  path: string,
  { called }: Pick<Reading, 'called'> = {},
): string {
  try {
    return readRegularText(join(tree, path), {
      links: { inside: tree },
      limitBytes: PART_LIMIT_BYTES,
      ...(called === undefined ? {} : { called }),
    });
  } catch (cause) {
    throw cause instanceof UnreadableFile ? new UnfitSubmission(cause.message, { cause }) : cause;
  }
}
