/**
 * Finds processes by a mark in their environment. A mark is inherited by every descendant, also by
 * one that has left its process group and its parent (a daemon), which no signal to a group reaches.
 * Works where there is a /proc (Linux); elsewhere nothing is found and groups must do.
 */

import { readdir, readFile } from 'node:fs/promises';

/** Environment variable that carries the mark: `SESSION/RUN/PROCESS#INCARNATION/`. */
export const MARK_VARIABLE = 'PBLAB_MARK';

const PID = /^\d+$/;

/** Pids of living processes whose mark starts with `prefix`. */
export async function markedPids(prefix: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => PID.test(name));
  const marked = await Promise.all(pids.map((pid) => carriesMark(pid, prefix)));
  return pids.filter((_, index) => marked[index]).map(Number);
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

async function carriesMark(pid: string, prefix: string): Promise<boolean> {
  // A process that ends while it is looked at, or belongs to someone else, is not ours to kill.
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return hasMark(environment, prefix);
}

/** A zombie has an empty environment, and so is not found. */
function hasMark(environment: string, prefix: string): boolean {
  return `\0${environment}`.includes(`\0${MARK_VARIABLE}=${prefix}`);
}
