/**
 * Tells one process from another that got the same pid later, by the time at which it started. Where
 * there is no /proc, only the pid can be compared.
 */

import { readFileSync } from 'node:fs';

/** Index of the start time in /proc/PID/stat, counted from behind the command's name (proc(5)). */
const STATE = 0;
const START_TIME = 19;

/**
 * `running` with its start, in clock ticks since boot, where the system tells; `gone` also for a
 * process that has ended and only waits for its parent.
 */
export type ProcessState = { kind: 'running'; startTicks?: string } | { kind: 'gone' };

/** What is known of the process with this pid, now. */
export function inspectProcess(pid: number): ProcessState {
  if (!exists(pid)) return { kind: 'gone' };
  const stat = readStat(pid);
  if (stat === undefined) return { kind: 'running' };
  // The command's name stands in brackets and may hold blanks and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = fields[START_TIME];
  if (fields[STATE] === 'Z' || fields[STATE] === 'X') return { kind: 'gone' };
  return startTicks === undefined ? { kind: 'running' } : { kind: 'running', startTicks };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that it is there and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}
