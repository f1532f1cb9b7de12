/** What a process has cost and suffered, read from /proc; zeros where there is none. */

import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every program. */
const MS_PER_TICK = 10;

/** Processor time of a living process, all threads, in ms. */
export function cpuMsOf(pid: number | undefined): number {
  const stat = readProc(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK;
}

/** How long the main thread of a process has been ready to run but had no processor, in ms. */
export function waitedMsOf(pid: number): number {
  return Number(readProc(pid, 'schedstat').split(' ')[1] ?? 0) / 1e6;
}

function readProc(pid: number | undefined, file: string): string {
  if (pid === undefined) return '';
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
