/** Reads files of /proc, where a process and its threads may be gone at any moment. */

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every program; ms for each. */
export const MS_PER_TICK = 10;

const PID = /^\d+$/;

/** The text of a file below /proc; undefined if what it tells of is gone, or there is no /proc. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return undefined;
  }
}

/** Pids of all processes; none if there is no /proc. */
export function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => PID.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/**
 * The fields of a `stat` file from the state on, which is field 0 (proc(5)). Before it stands the
 * command's name in brackets, which may hold blanks and brackets itself.
 */
export function statFields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
