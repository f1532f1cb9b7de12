/**
 * Tells one process from another that got the same pid later, by the time at which it started. Where
 * there is no /proc, only the pid can be compared.
 */

import { readProc, statFields } from './proc.js';

/** Indices of the state, and of the time at which the process started. */
const STATE = 0;
const START_TIME = 19;

/**
 * `running` with its start, in clock ticks since boot, where the system tells; `gone` also for a
 * process that has ended and only waits for its parent.
 */
export type ProcessState = { kind: 'running'; startTicks?: string } | { kind: 'gone' };

/** The known facts about the process with this pid, now. */
export function inspectProcess(pid: number): ProcessState {
  if (!exists(pid)) return { kind: 'gone' };
  const stat = readProc(`${pid}/stat`);
  if (stat === undefined) return { kind: 'running' };
  const fields = statFields(stat);
  const startTicks = fields[START_TIME];
  if (fields[STATE] === 'Z' || fields[STATE] === 'X') return { kind: 'gone' };
  return startTicks === undefined ? { kind: 'running' } : { kind: 'running', startTicks };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that it exists and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
