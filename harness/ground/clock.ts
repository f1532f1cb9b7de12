/**
 * Time as a scenario may know it: since the start of its run, and waiting that ends with the run. The
 * real clock lives here; a simulated world brings its own behind the same interface.
 */

/** Thrown into whatever still waits when its run has ended; never a statement about the submission. */
export class RunEnded extends Error {
  constructor() {
    super('the run has ended');
    this.name = 'RunEnded';
  }
}

export interface Clock {
  /** ms since the start of the run, with fractions; never goes back. */
  now(): number;
  /** Resolves after `ms`; rejects with `RunEnded` when the run ends first. */
  sleep(ms: number): Promise<void>;
}

/** The timers below a clock. */
export interface Timers {
  /** ms since the start, with fractions; never goes back. */
  now(): number;
  /** Calls `act` after `ms`, unless what it gives is called before. */
  after(ms: number, act: () => void): () => void;
}

export interface RunClock extends Clock, Timers {
  /** Ends every sleep of this clock, present and future. */
  end(): void;
}

/** The timers of the machine; they start at 0 now. */
export function machineTimers(): Timers {
  const startedMs = performance.now();
  return {
    now: () => performance.now() - startedMs,
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** A clock of the machine that starts at 0 now. */
export const startClock = (): RunClock => clockOn(machineTimers());

/** The clock of a run, on these timers. */
export function clockOn(timers: Timers): RunClock {
  const sleepers = new Set<() => void>();
  let ended = false;
  return {
    ...timers,
    sleep(ms) {
      if (ended) return Promise.reject(new RunEnded());
      return new Promise((resolve, reject) => {
        const wake = () => {
          cancel();
          sleepers.delete(wake);
          if (ended) reject(new RunEnded());
          else resolve();
        };
        const cancel = timers.after(ms, wake);
        sleepers.add(wake);
      });
    },
    end() {
      ended = true;
      for (const wake of sleepers) wake();
    },
  };
}
