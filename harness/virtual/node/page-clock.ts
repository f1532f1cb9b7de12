/** The clock of a program on a virtual clock: what the kit has written on its page. */

import { openSync, readSync } from 'node:fs';
import { PAGE } from '../clock-page.js';

export interface PageClock {
  /** ns on the monotonic clock. */
  now(): bigint;
  /** What the wall clock shows more than that, in ns. */
  readonly wallOffset: bigint;
  readonly seed: bigint;
}

export function openPageClock(path: string): PageClock {
  const descriptor = openSync(path, 'r');
  const number = Buffer.alloc(8);
  const read = (position: number) => {
    readSync(descriptor, number, 0, 8, position);
    return number.readBigInt64LE();
  };
  return { now: () => read(PAGE.now), wallOffset: read(PAGE.wall0), seed: read(PAGE.seed) };
}
