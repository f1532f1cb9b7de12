/**
 * A program that runs in the kit's own process, on a virtual clock: what comes to it waits until it has a turn, and
 * nothing of it goes on when it has ended. Use it only for programs of the kit: they share the memory of the grader, and an error
 * in a promise of theirs is one of the kit.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Exit } from '../../process/confinement.js';
import { DueTimers } from '../node/due-timers.js';
import { StoodStill, type Participant, type Rest } from '../participant.js';
import type { Holder, InnerWire } from './inner-wire.js';

/**
 * A turn that takes more, in ms of processor time, never ends; what it takes is counted once it has lasted for as long.
 * A loop without a pause in it is ended by the pool of workers.
 */
const LONGEST_TURN_MS = 5000;

export interface InnerProgramOptions {
  name: string;
  /** The time at its start. */
  startNs: number;
  /** Hears of the error that has ended it. */
  complain: (text: string) => void;
  /** Default `LONGEST_TURN_MS`. */
  longestTurnMs?: number;
}

/** Thrown to leave whatever a program was doing when it ended itself. */
const ENDED = Symbol('the program has ended itself');

export class InnerProgram implements Participant, Holder {
  readonly exited: Promise<Exit>;
  readonly timers = new DueTimers(() => this.#nowNs);
  readonly startNs: number;
  readonly #options: InnerProgramOptions;
  readonly #wires = new Set<InnerWire>();
  #nowNs: number;
  #arrivals: (() => void)[] = [];
  #end: ((exit: Exit) => void) | undefined;

  constructor(options: InnerProgramOptions) {
    this.#options = options;
    this.#nowNs = options.startNs;
    this.startNs = options.startNs;
    this.exited = new Promise((resolve) => (this.#end = resolve));
  }

  get nowNs(): number {
    return this.#nowNs;
  }

  get hasEnded(): boolean {
    return this.#end === undefined;
  }

  notice(act: () => void): void {
    if (!this.hasEnded) this.#arrivals.push(act);
  }

  /** An error that nobody has caught ends the program. */
  during(act: () => boolean): boolean {
    if (this.hasEnded) return false;
    try {
      return act();
    } catch (error) {
      if (error === ENDED) return false;
      this.#options.complain(
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      this.end({ kind: 'code', code: 1 });
      return false;
    }
  }

  call(act: () => void): void {
    this.during(() => {
      act();
      return true;
    });
  }

  /** Its sockets are closed when it ends. */
  holds(wire: InnerWire): void {
    this.#wires.add(wire);
    wire.once('close', () => this.#wires.delete(wire));
  }

  /** Ends the program from within. */
  exit(code: number): never {
    this.end({ kind: 'code', code });
    throw ENDED;
  }

  end(exit: Exit): void {
    const end = this.#end;
    if (end === undefined) return;
    this.#end = undefined;
    this.#arrivals = [];
    this.timers.clear();
    for (const wire of this.#wires) wire.destroy();
    end(exit);
  }

  setNow(ns: number): void {
    this.#nowNs = ns;
  }

  async turn(): Promise<Rest> {
    const { longestTurnMs = LONGEST_TURN_MS } = this.#options;
    const beganMs = performance.now();
    let counted: NodeJS.CpuUsage | undefined;
    do {
      this.#takeArrivals();
      const due = this.timers.takeDue();
      if (due !== undefined) this.call(due.act);
      // Lets the effects of that happen.
      await nextTurn();
      // Asking for processor time costs more than most turns.
      if (performance.now() - beganMs < longestTurnMs) continue;
      counted ??= process.cpuUsage();
      if (cpuMsSince(counted) > longestTurnMs) throw this.#stoodStill(longestTurnMs);
    } while (this.#arrivals.length > 0 || this.timers.nextNs <= this.#nowNs);
    return { nextNs: this.timers.nextNs, isSending: [...this.#wires].some(isSending) };
  }

  close(): void {}

  #takeArrivals(): void {
    const arrivals = this.#arrivals;
    this.#arrivals = [];
    for (const arrival of arrivals) this.call(arrival);
  }

  #stoodStill(afterMs: number): StoodStill {
    return new StoodStill(
      `Time stood still: ${this.#options.name} worked for ${afterMs / 1000} s of processor time without waiting for anything, and on a virtual clock no time passes meanwhile.`,
    );
  }
}

function cpuMsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function isSending(wire: InnerWire): boolean {
  return wire.isSending;
}
