/** Where bubblewrap is installed. */

import { findProgram } from '../ground/program-file.js';

/** The program `bwrap`, absolute; undefined if it is not installed. */
export function findBubblewrap(): string | undefined {
  return findProgram('bwrap', process.env['PATH'] ?? '');
}
