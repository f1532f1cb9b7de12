/**
 * How time passes in a world, and how what its processes send comes to the kit. In the real world both are the
 * machine's; harness/virtual brings a clock that moves only while every process waits.
 */

import type { Duplex, Writable } from 'node:stream';
import { startClock, type RunClock } from './clock.js';

/** Lets the kit take notice of what has come, in the order in which it came. */
export type Way = (notice: () => void) => void;

/** What comes is noticed at once. */
export const atOnce: Way = (notice) => notice();

/** What it takes to start a program in a world. */
export interface Admission {
  environment: Record<string, string>;
  /** Paths that it reads beside its own, absolute. */
  readable: readonly string[];
  /** The environment variable that tells the program the descriptor of its channel to the kit, if it needs one. */
  channelVariable?: string;
  started(program: StartedProgram): void;
  /** It is gone, or is being killed. */
  left(): void;
}

/** A stream from the kit to a process. */
export type Outlet = Pick<Writable, 'writableLength' | 'destroyed'>;

/** A program that was started in a world. */
export interface StartedProgram {
  /** Undefined until it is known. */
  pid: () => number | undefined;
  /** Both directions, if it has one. */
  channel: Duplex | undefined;
}

export interface WorldTime {
  readonly clock: RunClock;
  /** A way from one sender; its name is the same in each run of a seed. */
  way: (name: string) => Way;
  /**
   * The kit is about to do something that this process can notice, perhaps by a stream to it; absent where nobody wants to
   * know.
   */
  touch?: ((process: string, stream?: Outlet) => void) | undefined;
  /** Time stands still until this has settled, because it takes real time: the start or the end of a process. */
  during<T>(work: Promise<T>): Promise<T>;
  /** What the program of a process needs, which will be started in this directory; undefined if nothing. */
  admit(process: string, directory: string): Admission | undefined;
  /** Resolves when a started process has taken its place in this world. */
  settled(process: string): Promise<void>;
  pause(process: string): void;
  resume(process: string): void;
  /** Rejects if time cannot go on. */
  readonly broken: Promise<never>;
  /** Time is the machine's again; for the end of a world. */
  stop(): void;
}

/** The machine's own time. */
export function realTime(): WorldTime {
  const nothing = () => {};
  return {
    clock: startClock(),
    way: () => atOnce,
    during: (work) => work,
    admit: () => undefined,
    settled: () => Promise.resolve(),
    pause: nothing,
    resume: nothing,
    broken: new Promise(nothing),
    stop: nothing,
  };
}
