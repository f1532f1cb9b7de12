/**
 * How long a process was held back because the machine had no processor for it, by looking at its threads
 * twice. Programs of many threads do their work on any of them, and the first may sleep all the time.
 *
 * The waits of threads are not added up: several that wait at once hold back what waits for them once.
 * The longest wait of one thread was found to be a little more than what a program of several threads
 * notices itself, and the sum several times as much.
 */

import { readdirSync } from 'node:fs';
import { readProc, statFields } from './proc.js';

/** The threads of a process at one moment. */
export interface Standing {
  /** Before and after the threads were looked at. */
  fromMs: number;
  untilMs: number;
  threads: ReadonlyMap<string, ThreadStanding>;
}

export interface ThreadStanding {
  /** Time on a processor so far, in ms. */
  ranMs: number;
  /** Time for which it was ready to run and did not, in ms; a wait is added when it is over. */
  waitedMs: number;
  /** Whether it runs or is ready to. */
  ready: boolean;
}

const NEW_THREAD: ThreadStanding = { ranMs: 0, waitedMs: 0, ready: false };

const NS_PER_MS = 1e6;

/** Looks at all threads of a process; at none if it is gone or there is no /proc. */
export function standingOf(pid: number): Standing {
  const fromMs = performance.now();
  const threads = new Map<string, ThreadStanding>();
  for (const thread of threadsOf(pid)) {
    const standing = threadStanding(`${pid}/task/${thread}`);
    if (standing !== undefined) threads.set(thread, standing);
  }
  return { fromMs, untilMs: performance.now(), threads };
}

/** The longest time, in ms, for which a thread waited for a processor between two looks at its process. */
export function heldBackMs(earlier: Standing, later: Standing): number {
  const elapsedMs = later.untilMs - earlier.fromMs;
  let longestMs = 0;
  for (const [thread, now] of later.threads) {
    const before = earlier.threads.get(thread) ?? NEW_THREAD;
    longestMs = Math.max(longestMs, threadHeldBackMs(before, now, elapsedMs));
  }
  return longestMs;
}

function threadHeldBackMs(before: ThreadStanding, now: ThreadStanding, elapsedMs: number): number {
  // A wait that has not ended is in no account yet; it shows in not having run at all.
  if (before.ready && now.ready && now.ranMs === before.ranMs) return elapsedMs;
  const waitedMs = now.waitedMs - before.waitedMs;
  // Since Linux 6.12 a thread that is moved between processors just when it falls asleep is at times
  // said to have waited for as long as it slept. It was not ready then, so it cannot have waited so long.
  return waitedMs > elapsedMs && !before.ready ? 0 : waitedMs;
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function threadStanding(path: string): ThreadStanding | undefined {
  const [ran, waited] = readProc(`${path}/schedstat`)?.split(' ') ?? [];
  const [state] = statFields(readProc(`${path}/stat`) ?? '');
  if (ran === undefined || waited === undefined) return undefined;
  return {
    ranMs: Number(ran) / NS_PER_MS,
    waitedMs: Number(waited) / NS_PER_MS,
    ready: state === 'R',
  };
}
