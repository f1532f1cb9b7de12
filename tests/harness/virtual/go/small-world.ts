/** A world of a few Go programs on one virtual clock, without the kit's network: they speak with each other. */

import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  CLOCK_START_NS,
  makeClockPage,
  PAGE,
  PAGE_BYTES,
  type ClockPage,
} from '../../../../harness/virtual/clock-page.js';
import { GoProgram } from '../../../../harness/virtual/go/go-program.js';

const NS_PER_MS = 1e6;

interface Inhabitant {
  program: GoProgram;
  page: ClockPage;
  child: ChildProcessWithoutNullStreams;
  /** What it has printed so far. */
  printed: () => string;
  ended: Promise<unknown>;
  hasEnded: boolean;
}

export class SmallWorld {
  readonly #directory: string;
  readonly #binary: string;
  readonly #inhabitants = new Map<string, Inhabitant>();
  #nowNs = CLOCK_START_NS;
  #starts = 0;

  constructor(binary: string, place: string) {
    this.#binary = binary;
    this.#directory = mkdtempSync(join(place, 'world-'));
  }

  /** Starts the program with these words, and resolves when it is on the clock. */
  async start(name: string, words: readonly string[], seed = 1n): Promise<Inhabitant> {
    const file = join(this.#directory, String(this.#starts++));
    const page = makeClockPage(`${file}.page`, { nowNs: this.#nowNs, seed });
    const fifo = `${file}.fifo`;
    execFileSync('mkfifo', [fifo]);
    const child = spawn(this.#binary, words, {
      cwd: this.#directory,
      env: { PBLAB_CLOCK_PAGE: page.path, PBLAB_CLOCK_FIFO: fifo },
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => (printed += piece.toString()));
    }
    const program = new GoProgram(() => child.pid, page, fifo);
    program.setNow(this.#nowNs);
    const ended = once(child, 'close');
    const one = {
      program,
      page,
      child,
      ended,
      printed: () => printed,
      hasEnded: false,
    };
    void ended.then(() => (one.hasEnded = true));
    this.#inhabitants.set(name, one);
    while (!program.hasBegun() && !one.hasEnded) await new Promise(setImmediate);
    return one;
  }

  /** Milliseconds on the clock. */
  get nowMs(): number {
    return (this.#nowNs - CLOCK_START_NS) / NS_PER_MS;
  }

  /** Lets time pass until this is true, or nothing is left to wait for. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      const nextNs = await this.#letAllWork();
      if (isEnough() || nextNs === Infinity) return;
      this.#nowNs = nextNs;
      for (const { program } of this.#inhabitants.values()) program.setNow(nextNs);
    }
  }

  /** Lets time pass until the program ends; its output. */
  async end(name: string): Promise<string> {
    const one = this.#inhabitants.get(name);
    if (one === undefined) throw new Error(`${name} was not started`);
    await this.until(() => one.hasEnded);
    await one.ended;
    return one.printed();
  }

  async kill(name: string): Promise<void> {
    const one = this.#inhabitants.get(name);
    one?.child.kill('SIGKILL');
    await one?.ended;
    one?.program.close();
    one?.page.close();
    this.#inhabitants.delete(name);
  }

  async close(): Promise<void> {
    for (const name of this.#inhabitants.keys()) await this.kill(name);
  }

  /** Turns until nobody has worked for a whole round; when the next timer of any of them is due. */
  async #letAllWork(): Promise<number> {
    for (;;) {
      const all = [...this.#inhabitants.values()];
      const before = all.map(epochOf);
      const next = await Promise.all(all.map(({ program }) => program.turn()));
      // What a program has printed comes in a turn of the loop.
      await new Promise(setImmediate);
      if (all.every((one, at) => epochOf(one) === before[at])) return Math.min(...next);
    }
  }
}

/** It goes up when a program comes to rest, and when it goes on. */
function epochOf({ page }: Inhabitant): number {
  const read = Buffer.alloc(PAGE_BYTES);
  page.readInto(read);
  return read.readUInt32LE(PAGE.epoch);
}
