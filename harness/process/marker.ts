/**
 * Finds processes by a mark in their environment. A mark is inherited by every descendant, also by
 * one that has left its process group and its parent (a daemon), which no signal to a group reaches.
 * Works where there is a /proc (Linux); elsewhere nothing is found and groups must do.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { processIds, readProc } from './proc.js';

/** Environment variable that carries the mark: `SESSION/RUN/PROCESS#INCARNATION/`. */
export const MARK_VARIABLE = 'PBLAB_MARK';

const ASSIGNED = `\0${MARK_VARIABLE}=`;

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

/** How long a look is put off for others to join it, in ms: the processes of a run end one after the other. */
const GATHER_MS = 3;

let next: Promise<Marks> | undefined;

/**
 * A look at all processes that begins after this call. One serves all who ask before it begins, because
 * the end of a run asks for every process of it at once, and to look costs ms.
 */
function nextScan(): Promise<Marks> {
  next ??= pause(GATHER_MS).then(() => {
    next = undefined;
    return scanMarks();
  });
  return next;
}

/** Reads without letting others in: through the pool of threads each file costs several times as much. */
function scanMarks(): Marks {
  const marks = new Map<number, string>();
  for (const pid of processIds()) {
    const mark = markOf(pid);
    if (mark !== undefined) marks.set(pid, mark);
  }
  return marks;
}

/** The mark of a process, if it has one; a zombie has an empty environment, and so has none. */
export function markOf(pid: number): string | undefined {
  // A process that ends while it is looked at, or belongs to someone else, is not ours to kill.
  const environment = `\0${readProc(`${pid}/environ`) ?? ''}`;
  const at = environment.indexOf(ASSIGNED);
  if (at < 0) return undefined;
  const [mark] = environment.slice(at + ASSIGNED.length).split('\0', 1);
  return mark;
}
