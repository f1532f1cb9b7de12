/** What a process has cost so far, read from /proc; zero where there is none. */

import { readProc, statFields } from './proc.js';

/** Linux counts processor time in hundredths of a second for every program. */
const MS_PER_TICK = 10;

/** Indices of the times in user and kernel mode, in ticks. */
const USER_TIME = 11;
const KERNEL_TIME = 12;

/** Processor time of a living process, all threads, in ms. */
export function cpuMsOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const fields = statFields(readProc(`${pid}/stat`) ?? '');
  return (Number(fields[USER_TIME] ?? 0) + Number(fields[KERNEL_TIME] ?? 0)) * MS_PER_TICK;
}
