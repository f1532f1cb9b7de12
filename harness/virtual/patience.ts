/** How long the kit waits for a process to come to rest: as long as it works, but not for ever. */

import { readProc } from '../process/proc.js';
import { cpuMsOf } from '../process/usage.js';
import { StoodStill } from './participant.js';

/** A program of the lab works for a few ms at a time; one that takes so much processor time without a rest, in ms, spins. */
const BUSY_CPU_MS = 5000;

/** One that neither works nor comes to rest for so long, in ms of real time, waits in a way that the kit cannot see. */
const BLOCKED_MS = 30_000;

const LOOK_MS = 250;

interface Look {
  /** Of the process so far. */
  cpuMs: number;
  atMs: number;
}

/**
 * Waits for a turn of this process; rejects with `StoodStill` if it does not end. A process in a debugger may take as long
 * as it likes.
 */
export async function withPatience<T>(
  turn: Promise<T>,
  who: string,
  pid: () => number | undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const outOfPatience = new Promise<never>((_, reject) => {
    let first: Look | undefined;
    let latest: Look | undefined;
    timer = setInterval(() => {
      const look = { cpuMs: cpuOf(pid()), atMs: performance.now() };
      first ??= look;
      if (latest === undefined || look.cpuMs > latest.cpuMs || isTraced(pid())) latest = look;
      if (look.cpuMs - first.cpuMs > BUSY_CPU_MS) {
        reject(
          new StoodStill(
            `Time stood still: ${who} worked for ${BUSY_CPU_MS / 1000} s of processor time without waiting for anything, and on a virtual clock no time passes meanwhile. Wait in the program, or use --world processes.`,
          ),
        );
      } else if (look.atMs - latest.atMs > BLOCKED_MS) {
        reject(
          new StoodStill(
            `Time stood still: ${who} waited for something other than a timer or a message for ${BLOCKED_MS / 1000} s of real time, which a virtual clock cannot see. Use --world processes.`,
          ),
        );
      }
    }, LOOK_MS);
  });
  try {
    return await Promise.race([turn, outOfPatience]);
  } finally {
    clearInterval(timer);
  }
}

function cpuOf(pid: number | undefined): number {
  return pid === undefined ? 0 : cpuMsOf([pid]);
}

function isTraced(pid: number | undefined): boolean {
  const status = pid === undefined ? undefined : readProc(`${pid}/status`);
  return status !== undefined && !/\nTracerPid:\t0\n/.test(status);
}
