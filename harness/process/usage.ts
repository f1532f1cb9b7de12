/** The costs of a process so far, read from /proc; zero without /proc. */

import { MS_PER_TICK, readProc, statFields } from './proc.js';

/** Indices of the times in user and kernel mode, of a process and of its children that have ended, in ticks. */
const TIMES = [11, 12, 13, 14];

/** Processor time of living processes so far, in ms: of all their threads, and of their children that have ended. */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, each) => sum + cpuMsOfOne(each), 0);
}

/** Processor time of one living process, with that of its children that have ended, in ms. */
export function cpuMsOfOne(pid: number): number {
  const fields = statFields(readProc(`${pid}/stat`) ?? '');
  return TIMES.reduce((sum, index) => sum + Number(fields[index] ?? 0), 0) * MS_PER_TICK;
}

/** For so long a program is starting, in ms: an interpreter or a virtual machine takes a whole processor for it. */
const STARTING_MS = 2000;

/** The costs of the starts of a program, incarnation by incarnation. */
export interface StartMeter {
  /** It is started. */
  begin(): void;
  /** It has taken so much processor time since its start, in ms. */
  note(cpuMs: number): void;
  /** Processor time of all its starts so far, in ms, as far as it is recorded. */
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
