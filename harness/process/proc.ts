/** Reads files of /proc, where a process and its threads may be gone at any moment. */

import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every program; ms for each. */
export const MS_PER_TICK = 10;

const PID = /^\d+$/;

/**
 * Files of /proc have no length, so Node would make room for 64 KiB at each of them; a run reads thousands. Nearly all
 * are shorter than this.
 */
const piece = Buffer.alloc(16 * 1024);

/** The text of a file below /proc; undefined if what it tells of is gone, or there is no /proc. */
export function readProc(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(`/proc/${path}`, 'r');
    return readToEnd(file);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readToEnd(file: number): string {
  let text = '';
  for (;;) {
    const length = readSync(file, piece);
    if (length === 0) return text;
    text += piece.toString('latin1', 0, length);
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
