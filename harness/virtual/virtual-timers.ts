/** Timers on a clock that goes from one of them to the next. Times are in ms, whole µs. */

import TinyQueue from 'tinyqueue';
import type { Timers } from '../ground/clock.js';

/** The clock shows no shorter time, in ms. */
const SHORTEST_MS = 0.001;

interface Timer {
  atMs: number;
  /** Of timers of one time, the first that was set comes first. */
  number: number;
  act: (() => void) | undefined;
}

export class VirtualTimers implements Timers {
  readonly #queue = new TinyQueue<Timer>([], (a, b) => a.atMs - b.atMs || a.number - b.number);
  #nowMs = 0;
  #made = 0;

  now = (): number => this.#nowMs;

  /** Some time passes until then: a caller that waits for the rest of a deadline would otherwise wait for ever. */
  after = (ms: number, act: () => void): (() => void) =>
    this.at(this.#nowMs + (ms > 0 ? Math.max(ms, SHORTEST_MS) : 0), act);

  /** Calls `act` at this time, or now if it has passed; what it gives takes that back. */
  at(atMs: number, act: () => void): () => void {
    const timer: Timer = { atMs: inWholeMicroseconds(atMs), number: this.#made++, act };
    this.#queue.push(timer);
    return () => {
      timer.act = undefined;
    };
  }

  /** When the next of them is due; Infinity if there is none. */
  nextMs(): number {
    for (let next = this.#queue.peek(); next !== undefined; next = this.#queue.peek()) {
      if (next.act !== undefined) return next.atMs;
      this.#queue.pop();
    }
    return Infinity;
  }

  /** Moves the clock forward; nothing is called. */
  advanceTo(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  /** Calls the next one if it is due; whether there was one. */
  runNext(): boolean {
    if (this.nextMs() > this.#nowMs) return false;
    this.#queue.pop()?.act?.();
    return true;
  }
}

function inWholeMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
