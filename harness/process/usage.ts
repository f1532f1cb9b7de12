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

/** For so long a program is starting, in ms: an interpreter or a virtual machine takes a whole processor for it. */
const STARTING_MS = 2000;

/** What the starts of a program have cost, incarnation by incarnation. */
export interface StartMeter {
  /** It is started. */
  begin(): void;
  /** It has taken so much processor time since its start, in ms. */
  note(cpuMs: number): void;
  /** Processor time of all its starts so far, in ms, as far as it was noted. */
  cpuMs(): number;
}

export function meterStarts(now: () => number): StartMeter {
  let startedMs = 0;
  let earlierCpuMs = 0;
  let cpuMs = 0;
  return {
    begin() {
      startedMs = now();
      earlierCpuMs += cpuMs;
      cpuMs = 0;
    },
    note(soFarMs) {
      if (now() - startedMs < STARTING_MS) cpuMs = soFarMs;
    },
    cpuMs: () => earlierCpuMs + cpuMs,
  };
}
