/** The timers of a program on a virtual clock. Nothing calls them but a turn that the kit gives. Times are in ns. */

/** Node waits 1 ms if the time is not a number, or is larger than this. */
const LONGEST_MS = 2 ** 31 - 1;

const NS_PER_MS = 1e6;

export class DueTimer {
  dueNs: number;
  /** Whether the program lives on for it. */
  isRef = true;
  readonly waitNs: number;
  readonly #timers: DueTimers;

  constructor(
    timers: DueTimers,
    readonly act: () => void,
    ms: unknown,
    readonly repeats: boolean,
  ) {
    const given = Number(ms);
    this.waitNs = (given >= 1 && given <= LONGEST_MS ? Math.trunc(given) : 1) * NS_PER_MS;
    this.dueNs = 0;
    this.#timers = timers;
    this.start();
  }

  start(): void {
    this.#timers.start(this);
  }

  stop(): void {
    this.#timers.stop(this);
  }
}

export class DueTimers {
  readonly nowNs: () => number;
  readonly #set = new Set<DueTimer>();

  constructor(nowNs: () => number) {
    this.nowNs = nowNs;
  }

  start(timer: DueTimer): void {
    timer.dueNs = this.nowNs() + timer.waitNs;
    // Of timers of one time, the last that was set comes last.
    this.#set.delete(timer);
    this.#set.add(timer);
  }

  stop(timer: DueTimer): void {
    this.#set.delete(timer);
  }

  clear(): void {
    this.#set.clear();
  }

  /** Whether the program has to live on for one of them. */
  get keepAlive(): boolean {
    for (const { isRef } of this.#set) if (isRef) return true;
    return false;
  }

  /** When the next of them is due; Infinity if there is none. */
  get nextNs(): number {
    let next = Infinity;
    for (const { dueNs } of this.#set) next = Math.min(next, dueNs);
    return next;
  }

  /** Takes the next one that is due; one that repeats is set again. */
  takeDue(): DueTimer | undefined {
    const nowNs = this.nowNs();
    let next: DueTimer | undefined;
    for (const timer of this.#set) {
      if (timer.dueNs <= nowNs && timer.dueNs < (next?.dueNs ?? Infinity)) next = timer;
    }
    if (next?.repeats === true) next.start();
    else next?.stop();
    return next;
  }
}
