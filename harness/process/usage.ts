/** What a process has cost and suffered, read from /proc; zeros where there is none. */

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every program. */
const MS_PER_TICK = 10;

/** Processor time of a living process, all threads, in ms. */
export function cpuMsOf(pid: number | undefined): number {
  const stat = readProc(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK;
}

/** Memory that a living process holds, in bytes; undefined where /proc does not tell. */
export function memoryBytesOf(pid: number | undefined): number | undefined {
  const [, kibibytes] = /^VmRSS:\s*(\d+) kB$/m.exec(readProc(pid, 'status')) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/**
 * How long each thread of a process has been ready to run but had no processor, in ms, by its id. Which
 * thread does the work is a matter of the language: in Node the first, in Go any.
 */
export function waitedMsByThread(pid: number): [thread: string, waitedMs: number][] {
  return threadsOf(pid).map((thread) => {
    const [, waitedNs = 0] = readProc(pid, `task/${thread}/schedstat`).split(' ').map(Number);
    return [thread, waitedNs / 1e6];
  });
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function readProc(pid: number | undefined, file: string): string {
  if (pid === undefined) return '';
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
