/** The time of a virtual world: a clock that moves only while every process waits. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clockOn } from '../ground/clock.js';
import type { Random } from '../ground/seed.js';
import type { Admission, StartedProgram, WorldTime } from '../ground/world-time.js';
import { CLOCK_FOLDER, type PageStart } from './clock-page.js';
import { Coordinator, inNs } from './coordinator.js';
import { StoodStill, type Participant } from './participant.js';
import { VirtualTimers } from './virtual-timers.js';
import { Ways } from './ways.js';

/** How long a process may need, in real time, to take its place, in ms. */
const JOIN_MS = 30_000;

/** How long the end of a process may need, in real time, until the kit hears it, in ms. */
const LEAVE_MS = 5000;

/** Time that passes on the clock while a process starts, in ms; drawn for each start. */
const START_MS = { least: 5, most: 40 };

/** Puts the programs of one runtime on the clock. */
export interface Runtime {
  /** Prepares a folder for the clock of a process that is about to be started. */
  prepare(folder: string, process: string, start: PageStart): Prepared;
}

export interface Prepared extends Pick<Admission, 'environment' | 'readable' | 'channelVariable'> {
  /** Resolves when the program is on the clock. `onGone` hears when it has ended, in whatever way. */
  join(program: StartedProgram, onGone: () => void): Promise<Participant>;
  close(): void;
}

/** Time for a world of programs of this runtime. It passes once the kit waits for something. */
export function virtualTime(runtime: Runtime, random: Random): WorldTime {
  return new VirtualTime(runtime, random);
}

class VirtualTime implements WorldTime {
  readonly clock;
  readonly broken: Promise<never>;
  readonly #runtime: Runtime;
  readonly #random: Random;
  readonly #ways: Ways;
  readonly #coordinator: Coordinator;
  /** Resolves for each process when its latest start is over. */
  readonly #settled = new Map<string, Promise<void>>();
  /** How often each process was started. */
  readonly #starts = new Map<string, number>();
  #break: (error: unknown) => void = () => {};

  constructor(runtime: Runtime, random: Random) {
    this.#runtime = runtime;
    this.#random = random;
    this.broken = new Promise<never>((_, reject) => (this.#break = reject));
    this.broken.catch(() => {});
    const timers = new VirtualTimers();
    this.clock = clockOn(timers);
    this.#ways = new Ways(timers, random.child('ways'));
    this.#coordinator = new Coordinator(timers, this.#ways, this.#break);
    this.#coordinator.start();
  }

  way = (name: string) => this.#ways.open(name);

  touch: WorldTime['touch'] = (process, stream) => this.#coordinator.touch(process, stream);

  async during<T>(work: Promise<T>): Promise<T> {
    const release = this.#coordinator.hold();
    try {
      return await work;
    } finally {
      release();
    }
  }

  admit = (process: string, directory: string): Admission => {
    const start = (this.#starts.get(process) ?? 0) + 1;
    this.#starts.set(process, start);
    const random = this.#random.child(`start:${process}#${start}`);
    const folder = join(directory, CLOCK_FOLDER);
    mkdirSync(folder, { recursive: true });
    const seed = BigInt(random.integer(1, 2 ** 31 - 1));
    const nowNs = inNs(this.clock.now());
    const prepared = this.#runtime.prepare(folder, process, { nowNs, seed });
    const release = this.#coordinator.hold();
    let hasLeft = false;
    let ended = () => {};
    const left = () => {
      if (hasLeft) return;
      hasLeft = true;
      this.#coordinator.remove(process);
      prepared.close();
      release();
      ended();
    };
    return {
      ...prepared,
      started: (program) => {
        const joined = prepared.join(program, () => {
          // The end of a process shows, which comes by another way.
          if (!hasLeft) ended = this.#holdFor(LEAVE_MS);
        });
        const settled = this.#take(process, joined, release, random);
        settled.catch(this.#break);
        this.#settled.set(process, settled);
      },
      left,
    };
  };

  settled = async (process: string): Promise<void> => {
    await this.#settled.get(process);
  };

  pause = (process: string) => this.#coordinator.freeze(process, true);

  resume = (process: string) => {
    this.#coordinator.freeze(process, false);
    this.#coordinator.touch(process);
  };

  stop = () => this.#coordinator.stop();

  async #take(
    process: string,
    joined: Promise<Participant>,
    release: () => void,
    random: Random,
  ): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const says = `${process} did not come on the virtual clock within ${JOIN_MS / 1000} s. Use --world processes.`;
      timer = setTimeout(() => reject(new StoodStill(says)), JOIN_MS).unref();
    });
    this.#coordinator.seat(process, await Promise.race([joined, late]));
    clearTimeout(timer);
    release();
    const { least, most } = START_MS;
    await this.clock.sleep(least + random.float() * (most - least));
  }

  /** Holds the clock for so long at most, in real time. */
  #holdFor(ms: number): () => void {
    const release = this.#coordinator.hold();
    setTimeout(release, ms).unref();
    return release;
  }
}
