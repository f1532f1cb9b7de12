/** The resources of a program at one moment, read from /proc, over all its processes. */

import { readdirSync } from 'node:fs';
import { readProc } from './proc.js';
import { cpuMsOfOne } from './usage.js';

export interface ResourceUse {
  /** Open files, sockets and pipes. */
  descriptors: number;
  threads: number;
  /** Memory that is resident, in bytes; what several processes share counts for each of them. */
  memoryBytes: number;
  /** Processor time since its start, in ms. */
  cpuMs: number;
}

/** The resources of a program that does not run. */
export const NO_RESOURCES: ResourceUse = { descriptors: 0, threads: 0, memoryBytes: 0, cpuMs: 0 };

const BYTES_PER_KIB = 1024;

/**
 * What these processes of a program hold. All zero if they are gone or there is no /proc; a process that hides its
 * descriptors, such as one with capabilities of its own, holds none.
 */
export function resourcesOf(pids: readonly number[]): ResourceUse {
  const sum = { ...NO_RESOURCES };
  for (const each of pids) {
    const status = readProc(`${each}/status`) ?? '';
    sum.descriptors += openDescriptors(each);
    sum.threads += numberIn(status, 'Threads');
    sum.memoryBytes += numberIn(status, 'VmRSS') * BYTES_PER_KIB;
    sum.cpuMs += cpuMsOfOne(each);
  }
  return sum;
}

function openDescriptors(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/**
 * The number in this field; 0 without one, as for the memory of a zombie. A line begins behind a line feed and nowhere
 * else: a program may put a carriage return and a field of its own into its name, which stands in the first line.
 */
export function numberIn(status: string, field: string): number {
  return Number(new RegExp(`(?<![^\\n])${field}:\\s*(\\d+)`).exec(status)?.[1] ?? 0);
}
