/**
 * A program of Go on the virtual clock, seen from the kit. The runtime of such a program (overlay/runtime/pblab_clock.go)
 * writes on its page when all that it has is blocked, with the time of its next timer, and then waits in one thread for
 * data, or for a byte in its FIFO. Data makes that thread ready at once, so a program is at rest while its page says so
 * and the thread sleeps.
 */

import { closeSync, constants, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { readProc, statFields } from '../../process/proc.js';
import { PAGE, PAGE_BYTES, type ClockPage } from '../clock-page.js';

const IDLE = 2;

/** What the page says as the time of the next timer if there is none. */
const NEVER = 2n ** 63n - 1n;

/** The letters of proc(5) for a process that has ended; none if Linux has forgotten it. */
const GONE: readonly string[] = ['', 'Z', 'X'];

/** Those and the one of a process that is stopped by a signal. */
const CANNOT_WORK = new Set([...GONE, 'T']);

/** For so long a turn is looked at in every turn of the loop, in ms; most end sooner. */
const EAGER_MS = 1;

/** Time between two looks after that, in ms. */
const LOOK_MS = 1;

/** Longer than the beginning of a `stat` file that is of interest. */
const STAT_BYTES = 256;

interface Blocked {
  /** Counts when the program comes to rest and when it goes on. */
  epoch: number;
  /** When its next timer is due, in ns. */
  next: bigint;
}

export class GoProgram {
  readonly #pid: () => number | undefined;
  readonly #page: ClockPage;
  readonly #fifo: number;
  readonly #read = Buffer.alloc(PAGE_BYTES);
  #now = 0n;
  #thread: Thread | undefined;
  #isClosed = false;

  /** `pid` is that of the process as the kit sees it, once there is one. The page stays open when this is closed. */
  constructor(pid: () => number | undefined, page: ClockPage, fifo: string) {
    this.#pid = pid;
    this.#page = page;
    // One that only writes cannot open a FIFO that nobody reads.
    this.#fifo = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  }

  /** Whether the program has found its page, as one that was built for it does before anything else. */
  hasBegun(): boolean {
    return this.#look().epoch > 0;
  }

  setNow(ns: number): void {
    this.#now = BigInt(ns);
    this.#page.setNow(ns);
  }

  /**
   * Lets the program do what is due and what has come; resolves when it is at rest, with the time of its next timer in ns.
   * That is Infinity if it has none, has ended, is stopped by a signal, or was closed.
   */
  async turn(): Promise<number> {
    const beganMs = performance.now();
    let woken: number | undefined;
    while (!this.#isClosed) {
      const rest = this.#rest();
      if (rest === undefined && CANNOT_WORK.has(this.#state())) break;
      if (rest !== undefined && rest.next > this.#now) return inNumber(rest.next);
      if (rest !== undefined && rest.epoch !== woken) {
        woken = rest.epoch;
        this.wake();
      }
      await (performance.now() - beganMs < EAGER_MS ? nextTurn() : pause(LOOK_MS));
    }
    return Infinity;
  }

  /** Whether all that it has is blocked at this moment. */
  isAtRest(): boolean {
    return this.#rest() !== undefined;
  }

  hasEnded(): boolean {
    return this.#pid() !== undefined && GONE.includes(this.#state());
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  wake(): void {
    writeSync(this.#fifo, '!');
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#thread?.close();
    closeSync(this.#fifo);
  }

  /** What the page says, if it held while the thread was seen asleep. */
  #rest(): Blocked | undefined {
    const before = this.#look();
    if (before.state !== IDLE || this.#waiting(before.tid)?.state() !== 'S') return undefined;
    const after = this.#look();
    const held = after.state === IDLE && after.epoch === before.epoch;
    return held ? { epoch: before.epoch, next: before.next } : undefined;
  }

  #look() {
    this.#page.readInto(this.#read);
    return {
      state: this.#read.readUInt32LE(PAGE.state),
      epoch: this.#read.readUInt32LE(PAGE.epoch),
      next: this.#read.readBigInt64LE(PAGE.when),
      tid: this.#read.readBigUInt64LE(PAGE.tid),
    };
  }

  #waiting(tid: bigint): Thread | undefined {
    if (this.#thread?.tid !== tid) {
      this.#thread?.close();
      this.#thread = findThread(this.#pid(), tid);
    }
    return this.#thread;
  }

  /** The letter of proc(5) for the whole process; none if it is gone, or is not known yet. */
  #state(): string {
    const pid = this.#pid();
    return pid === undefined ? '' : (statFields(readProc(`${pid}/stat`) ?? '')[0] ?? '');
  }
}

interface Thread {
  /** As the program itself knows it. */
  tid: bigint;
  /** The letter of proc(5); undefined if it is gone. */
  state(): string | undefined;
  close(): void;
}

/** In a box, numbers of threads are other ones for the program than for the kit. */
function findThread(pid: number | undefined, tid: bigint): Thread | undefined {
  const known = threadsOf(pid).find((each) => {
    const status = readProc(`${pid}/task/${each}/status`)?.split('\n');
    const names = status?.find((line) => line.startsWith('NSpid:'));
    return names?.split('\t').at(-1) === String(tid);
  });
  return known === undefined ? undefined : openThread(`/proc/${pid}/task/${known}/stat`, tid);
}

function threadsOf(pid: number | undefined): string[] {
  try {
    return pid === undefined ? [] : readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function openThread(path: string, tid: bigint): Thread | undefined {
  try {
    const descriptor = openSync(path, 'r');
    const text = Buffer.alloc(STAT_BYTES);
    return {
      tid,
      state() {
        try {
          const length = readSync(descriptor, text, 0, STAT_BYTES, 0);
          return statFields(text.toString('latin1', 0, length))[0];
        } catch {
          return undefined;
        }
      },
      close: () => closeSync(descriptor),
    };
  } catch {
    return undefined;
  }
}

function inNumber(next: bigint): number {
  return next === NEVER ? Infinity : Number(next);
}
