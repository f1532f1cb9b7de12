/**
 * Finds processes by a mark in their environment. A mark is inherited by every descendant, also by
 * one that has left its process group and its parent (a daemon), which no signal to a group reaches.
 * Works where there is a /proc (Linux); elsewhere nothing is found and groups must do.
 */

import { readdir, readFile } from 'node:fs/promises';

/** Environment variable that carries the mark: `SESSION/RUN/PROCESS#INCARNATION/`. */
export const MARK_VARIABLE = 'PBLAB_MARK';

const ASSIGNED = `${MARK_VARIABLE}=`;

const PID = /^\d+$/;

/** Pids of living processes whose mark starts with `prefix`. */
export async function markedPids(prefix: string): Promise<number[]> {
  const marks = await nextScan();
  return [...marks].filter(([, mark]) => mark.startsWith(prefix)).map(([pid]) => pid);
}

/**
 * Kills all processes with this mark, again and again until none is left, because one may fork while
 * the list is read. Resolves to how many were killed; gives up after 50 rounds.
 */
export async function killMarked(prefix: string): Promise<number> {
  const killed = new Set<number>();
  for (let round = 0; round < 50; round++) {
    const pids = (await markedPids(prefix)).filter((pid) => pid !== process.pid);
    if (pids.length === 0) break;
    for (const pid of pids) {
      killed.add(pid);
      signal(pid, 'SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return killed.size;
}

/** Sends a signal to a pid, or to a group if negative; false if there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Pid → mark, of all processes that have one. */
type Marks = ReadonlyMap<number, string>;

let running: Promise<unknown> = Promise.resolve();
let next: Promise<Marks> | undefined;

/**
 * A look at all processes that begins after this call. One serves all who ask before it begins, because
 * the end of a run asks for every process of it at once, and to look costs ms.
 */
function nextScan(): Promise<Marks> {
  next ??= running.then(() => {
    next = undefined;
    const scan = scanMarks();
    running = scan;
    return scan;
  });
  return next;
}

async function scanMarks(): Promise<Marks> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => PID.test(name));
  const marks = await Promise.all(pids.map(markOf));
  return new Map(
    pids.flatMap((pid, index) => {
      const mark = marks[index];
      return mark === undefined ? [] : [[Number(pid), mark]];
    }),
  );
}

/** A zombie has an empty environment, and so is not found. */
async function markOf(pid: string): Promise<string | undefined> {
  // A process that ends while it is looked at, or belongs to someone else, is not ours to kill.
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return environment
    .split('\0')
    .find((entry) => entry.startsWith(ASSIGNED))
    ?.slice(ASSIGNED.length);
}
