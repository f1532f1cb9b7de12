/**
 * Moves the clock of a virtual world. While any process has something to do, or the kit has, time stands still. When all
 * of them wait, what has come is sent off; when nothing has come, the clock goes to the next timer of the kit or of a
 * process. So a run does not depend on how fast the machine is, and a process that is held by a debugger misses nothing.
 */

import { comeToRest } from './at-rest.js';
import { CLOCK_START_NS } from './clock-page.js';
import type { Outlet } from '../ground/world-time.js';
import type { Participant } from './participant.js';
import type { VirtualTimers } from './virtual-timers.js';
import type { Ways } from './ways.js';

/** In one turn passes as much as a socket holds; what has not passed in so many turns is not being read. */
const TURNS_TO_PASS = 1000;

interface Seat {
  participant: Participant;
  /** When its next timer is due, in ms of the clock. */
  nextMs: number;
  isFrozen: boolean;
  /** How many turns in a row it has had in which it could not send all. */
  sendingTurns: number;
}

export class Coordinator {
  readonly #timers: VirtualTimers;
  readonly #ways: Ways;
  readonly #onBroken: (error: unknown) => void;
  readonly #seats = new Map<string, Seat>();
  readonly #touched = new Set<string>();
  /** The streams by which processes were touched, and how often since then one has had a turn for what is left in it. */
  readonly #outlets = new Map<Outlet, { name: string; turns: number }>();
  /** For how many things that take real time the clock stands still. */
  #holds = 0;
  #released: () => void = () => {};
  #stopped = false;

  constructor(timers: VirtualTimers, ways: Ways, onBroken: (error: unknown) => void) {
    this.#timers = timers;
    this.#ways = ways;
    this.#onBroken = onBroken;
  }

  start(): void {
    this.#run().catch(this.#onBroken);
  }

  stop(): void {
    this.#stopped = true;
    this.#released();
    for (const name of this.#seats.keys()) this.remove(name);
  }

  /** A process has taken its place; it may have something to do. */
  seat(name: string, participant: Participant): void {
    participant.setNow(inNs(this.#timers.now()));
    this.#seats.set(name, {
      participant,
      nextMs: Infinity,
      isFrozen: false,
      sendingTurns: 0,
    });
    this.#touched.add(name);
  }

  remove(name: string): void {
    this.#seats.get(name)?.participant.close();
    this.#seats.delete(name);
  }

  touch(name: string, stream?: Outlet): void {
    this.#touched.add(name);
    if (stream !== undefined) this.#outlets.set(stream, { name, turns: 0 });
  }

  freeze(name: string, isFrozen: boolean): void {
    const seat = this.#seats.get(name);
    if (seat !== undefined) seat.isFrozen = isFrozen;
  }

  /** Keeps the clock where it is until what this gives is called. */
  hold(): () => void {
    this.#holds++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds--;
      this.#released();
    };
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await comeToRest();
      if (await this.#letWork()) continue;
      if (this.#holds > 0) await this.#release();
      else if (!this.#ways.sendOff() && !this.#advance()) await this.#release();
    }
  }

  /** Resolves when the kit has done something that may let the clock go on. */
  #release(): Promise<void> {
    return new Promise((resolve) => (this.#released = resolve));
  }

  /** Lets those work that can have noticed something; whether there was anyone. */
  async #letWork(): Promise<boolean> {
    this.#touchUnsent();
    const names = [...this.#touched].filter((name) => this.#seats.get(name)?.isFrozen === false);
    for (const name of this.#touched) if (!this.#seats.has(name)) this.#touched.delete(name);
    for (const name of names) this.#touched.delete(name);
    await Promise.all(names.map((name) => this.#turnOf(name)));
    return names.length > 0;
  }

  /** What did not fit into a stream goes on when its process takes from it. */
  #touchUnsent(): void {
    for (const [stream, known] of this.#outlets) {
      const isSent = stream.destroyed || stream.writableLength === 0;
      if (isSent || known.turns >= TURNS_TO_PASS) this.#outlets.delete(stream);
      // The last part of it may have come after the latest turn.
      const isNoticed = isSent && known.turns === 0;
      if (!isNoticed && this.#seats.get(known.name)?.isFrozen !== true)
        this.#touched.add(known.name);
      known.turns++;
    }
  }

  async #turnOf(name: string): Promise<void> {
    const seat = this.#seats.get(name);
    if (seat === undefined) return;
    try {
      const { nextNs, isSending = false } = await seat.participant.turn();
      seat.nextMs = inMs(nextNs);
      seat.sendingTurns = isSending ? seat.sendingTurns + 1 : 0;
      if (isSending && seat.sendingTurns < TURNS_TO_PASS) this.#touched.add(name);
    } catch (error) {
      // One that is gone, or is frozen meanwhile, owes nothing.
      if (this.#seats.get(name) === seat && !seat.isFrozen) throw error;
    }
  }

  /** Goes to the next timer; false if there is none. */
  #advance(): boolean {
    const seats = [...this.#seats].filter(([, { isFrozen }]) => !isFrozen);
    const nextMs = Math.min(this.#timers.nextMs(), ...seats.map(([, seat]) => seat.nextMs));
    if (nextMs === Infinity) return false;
    this.#timers.advanceTo(nextMs);
    for (const { participant } of this.#seats.values()) participant.setNow(inNs(nextMs));
    // What the kit does comes first, so that no process has two reasons at once.
    if (this.#timers.runNext()) return true;
    for (const [name, seat] of seats) if (seat.nextMs <= this.#timers.now()) this.touch(name);
    return true;
  }
}

/** A time of the clock as a program reads it. */
export function inNs(ms: number): number {
  return CLOCK_START_NS + Math.round(ms * 1e6);
}

function inMs(ns: number): number {
  return (ns - CLOCK_START_NS) / 1e6;
}
