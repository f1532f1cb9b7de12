/**
 * The deadline of an operation, or of a wait for a view or for pings. Its clock stands still while the kit itself is in the way, so that the submission
 * always has the whole time to itself. Once the kit has held something for a second deadline, the wait proves nothing.
 */

import { LASTING_MS, type Obstacle } from './obstruction.js';

export interface DeadlineOptions {
  deadlineMs: number;
  now: () => number;
  /** Resolves after ms, or rejects when the run ends. */
  sleep: (ms: number) => Promise<void>;
  /** The oldest of what the kit has put in the way at present. */
  obstruction: () => Obstacle | undefined;
  /** Hears for how long the kit has been in the way so far, in ms, each time that is more. */
  onHeld?: (heldMs: number) => void;
}

/** How it ran out: the submission was late, or the kit has been in its way all the time. */
export type RunOut = { kind: 'overdue' } | { kind: 'held'; by: string };

export interface Deadline {
  /** Resolves when it has run out; never, once it was stopped. */
  readonly runOut: Promise<RunOut>;
  stop(): void;
}

/** How often it is looked at what is in the way, in ms. */
const LOOK_MS = 50;

export function startDeadline(options: DeadlineOptions): Deadline {
  const { deadlineMs, now, sleep, obstruction } = options;
  const startMs = now();
  const lastingMs = Math.min(LASTING_MS, deadlineMs / 2);
  let heldMs = 0;
  /** Up to here what was held has been counted. */
  let countedMs = startMs;
  let stopped = false;
  /** Counts an obstacle from its beginning once it has lasted; one that is gone, up to this look. */
  const count = (found: Obstacle | undefined, before: Obstacle | undefined) => {
    const obstacle = found ?? before;
    if (obstacle === undefined || now() - obstacle.sinceMs < lastingMs) return;
    heldMs += now() - Math.max(obstacle.sinceMs, countedMs);
    countedMs = now();
    options.onHeld?.(heldMs);
  };
  const run = async (): Promise<RunOut> => {
    let before: Obstacle | undefined;
    for (;;) {
      const leftMs = startMs + deadlineMs + heldMs - now();
      // An obstruction that began before the deadline may still last long enough to count.
      if (leftMs <= 0 && (before === undefined || before.sinceMs > now() + leftMs)) {
        return { kind: 'overdue' };
      }
      await sleep(leftMs > 0 ? Math.min(leftMs, LOOK_MS) : LOOK_MS);
      if (stopped) return new Promise(() => {});
      const found = obstruction();
      count(found, before);
      if (found !== undefined && heldMs > deadlineMs) return { kind: 'held', by: found.says };
      before = found;
    }
  };
  return {
    runOut: run(),
    stop() {
      stopped = true;
    },
  };
}

/** A deadline for a caller that polls. */
export interface WatchedDeadline {
  /** How it ran out, once it has. */
  readonly ranOut: RunOut | undefined;
  stop(): void;
}

export function watchDeadline(options: DeadlineOptions): WatchedDeadline {
  const { runOut, stop } = startDeadline(options);
  let ranOut: RunOut | undefined;
  // It is rejected when the run ends; then polling has stopped.
  runOut.then(
    (how) => (ranOut = how),
    () => {},
  );
  return {
    get ranOut() {
      return ranOut;
    },
    stop,
  };
}
