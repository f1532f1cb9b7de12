/** A FIFO, which Node has no function for. */

import { execFileSync } from 'node:child_process';

/** Makes one that nobody writes into. */
export function makeFifo(path: string): void {
  execFileSync('mkfifo', [path]);
}
