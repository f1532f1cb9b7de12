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

export interface RealClock extends Clock {
  /** Ends every sleep of this clock, present and future. */
  end(): void;
}

/** A clock that starts at 0 now. */
export function startClock(): RealClock {
  const startedMs = performance.now();
  const sleepers = new Set<() => void>();
  let ended = false;
  return {
    now: () => performance.now() - startedMs,
    sleep(ms) {
      if (ended) return Promise.reject(new RunEnded());
      return new Promise((resolve, reject) => {
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          if (ended) reject(new RunEnded());
          else resolve();
        };
        const timer = setTimeout(wake, ms);
        sleepers.add(wake);
      });
    },
    end() {
      ended = true;
      for (const wake of sleepers) wake();
    },
  };
}
