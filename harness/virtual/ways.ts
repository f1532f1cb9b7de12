/**
 * The ways on which messages come to the kit. In the real world a message takes as long as the machine makes it take;
 * here that is drawn from the seed, for each way from a stream of its own, so that the order of messages from different
 * processes is drawn as well, and is the same in each run of a seed. On one way nothing overtakes.
 */

import type { Random } from '../ground/seed.js';
import type { Way } from '../ground/world-time.js';
import type { VirtualTimers } from './virtual-timers.js';

/** Most messages take this long, in ms, as between two processes of a quiet machine. */
const USUAL_MS = { least: 0.05, most: 0.5 };

/** One of so many takes up to this long, in ms, as when a process has to wait for a processor. */
const SLOW = { oneIn: 12, mostMs: 5 };

/** Time between two lots on one way at least, in ms. */
const STEP_MS = 0.001;

interface OpenWay {
  name: string;
  random: Random;
  /** All that has come since the processes have come to rest. */
  lot: (() => void)[];
  /** When the latest lot of it arrives, in ms. */
  latestMs: number;
}

export class Ways {
  readonly #timers: VirtualTimers;
  readonly #random: Random;
  readonly #pending = new Set<OpenWay>();

  constructor(timers: VirtualTimers, random: Random) {
    this.#timers = timers;
    this.#random = random;
  }

  open(name: string): Way {
    const way: OpenWay = { name, random: this.#random.child(name), lot: [], latestMs: 0 };
    return (notice) => {
      way.lot.push(notice);
      this.#pending.add(way);
    };
  }

  /** Sends off what has come, while every process waits; whether there was anything. */
  sendOff(): boolean {
    if (this.#pending.size === 0) return false;
    // The order in which it came is that of the machine.
    const ways = [...this.#pending].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.#pending.clear();
    for (const way of ways) {
      const { lot } = way;
      way.lot = [];
      const arrivesMs = this.#timers.now() + drawLatency(way.random);
      way.latestMs = Math.max(arrivesMs, way.latestMs + STEP_MS);
      this.#timers.at(way.latestMs, () => lot.forEach((notice) => notice()));
    }
    return true;
  }
}

function drawLatency(random: Random): number {
  const most = random.integer(1, SLOW.oneIn) === 1 ? SLOW.mostMs : USUAL_MS.most;
  return USUAL_MS.least + random.float() * (most - USUAL_MS.least);
}
