/**
 * The page of a process: a file of 64 bytes in its folder, on which the kit writes the time and the process its state.
 * Numbers are little-endian. Each process has a page of its own, so that none can change the time of another.
 */

import { chmodSync, closeSync, openSync, writeSync, readSync } from 'node:fs';

/** The folder of a process's clock, in its own. */
export const CLOCK_FOLDER = '.clock';

export const PAGE_BYTES = 64;

/** Where each number lies, in bytes. Times are in ns; the wall clock shows the sum of `now` and `wall0`. */
export const PAGE = {
  now: 0,
  wall0: 8,
  state: 16,
  epoch: 20,
  when: 24,
  tid: 32,
  seed: 40,
} as const;

/** A monotonic clock starts here, in ns: programs take 0 for "never". */
export const CLOCK_START_NS = 2 ** 40;

/** The wall clock at the start of a run: 2024-01-01 00:00:00 UTC, in ns. */
export const WALL_START_NS = 1_704_067_200_000_000_000n;

export interface ClockPage {
  readonly path: string;
  setNow(ns: number): void;
  /** Reads the whole page into this buffer. */
  readInto(page: Buffer): void;
  close(): void;
}

/** What a page shows at first. */
export interface PageStart {
  nowNs: number;
  /** For the choices of the program. */
  seed: bigint;
}

/** Makes a page, and lets any user of the folder write on it. */
export function makeClockPage(path: string, { nowNs, seed }: PageStart): ClockPage {
  const page = Buffer.alloc(PAGE_BYTES);
  page.writeBigInt64LE(BigInt(nowNs), PAGE.now);
  page.writeBigInt64LE(WALL_START_NS - BigInt(CLOCK_START_NS), PAGE.wall0);
  page.writeUInt32LE(1, PAGE.state);
  page.writeBigUInt64LE(seed, PAGE.seed);
  const descriptor = openSync(path, 'w+');
  chmodSync(path, 0o666);
  writeSync(descriptor, page, 0, PAGE_BYTES, 0);
  const time = Buffer.alloc(8);
  return {
    path,
    setNow(ns) {
      time.writeBigInt64LE(BigInt(ns));
      writeSync(descriptor, time, 0, 8, PAGE.now);
    },
    readInto: (into) => void readSync(descriptor, into, 0, PAGE_BYTES, 0),
    close: () => closeSync(descriptor),
  };
}
