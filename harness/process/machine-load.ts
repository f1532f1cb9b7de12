/** How busy the whole machine has been, read from /proc (proc(5), `/proc/stat`). */

import { MS_PER_TICK, readProc } from './proc.js';

/** Since the machine was started, in ms of processor time over all processors. */
export interface MachineTime {
  /** Time in which a process ran, or a host took the processor away. */
  busyMs: number;
  /** The busy time and the idle time together. */
  allMs: number;
}

/** Fields of the first line: user, nice, system, idle, iowait, irq, softirq, steal; what guests took is in the first two. */
const COLUMNS = 8;
const IDLE_COLUMNS = [3, 4];

/** Zero where there is no /proc. */
export function machineTime(): MachineTime {
  const [, ...columns] = readProc('stat')?.split('\n', 1)[0]?.split(/ +/) ?? [];
  const times = columns.slice(0, COLUMNS).map((ticks) => Number(ticks) * MS_PER_TICK);
  const allMs = times.reduce((sum, ms) => sum + ms, 0);
  const idleMs = IDLE_COLUMNS.reduce((sum, column) => sum + (times[column] ?? 0), 0);
  return { busyMs: allMs - idleMs, allMs };
}
