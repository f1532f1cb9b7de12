/**
 * The deadline of one operation. Its clock stands still while the kit itself is in the way, so that the submission
 * always has the whole time to itself. What the kit holds for as long as the deadline again says nothing any more.
 */

export interface DeadlineOptions {
  deadlineMs: number;
  now: () => number;
  /** Resolves after ms, or rejects when the run ends. */
  sleep: (ms: number) => Promise<void>;
  /** What the kit has put in the way at present, as a clause. */
  obstruction: () => string | undefined;
}

/** How it ran out: the submission was late, or the kit has been in its way all the time. */
export type RunOut = { kind: 'overdue' } | { kind: 'held'; by: string };

export interface Deadline {
  /** Resolves when it has run out; never, once it was stopped. */
  readonly runOut: Promise<RunOut>;
  /** For how long the kit has been in the way, in ms. */
  readonly heldMs: number;
  stop(): void;
}

/** How often it is looked at what is in the way, in ms; between two looks one of which finds something, all was held. */
const LOOK_MS = 50;

export function startDeadline({ deadlineMs, now, sleep, obstruction }: DeadlineOptions): Deadline {
  const startMs = now();
  let heldMs = 0;
  let stopped = false;
  const run = async (): Promise<RunOut> => {
    let lookedMs = startMs;
    let before: string | undefined;
    for (;;) {
      const leftMs = startMs + deadlineMs + heldMs - now();
      if (leftMs <= 0) return { kind: 'overdue' };
      await sleep(Math.min(leftMs, LOOK_MS));
      if (stopped) return new Promise(() => {});
      const found = obstruction();
      const nowMs = now();
      if ((found ?? before) !== undefined) heldMs += nowMs - lookedMs;
      if (found !== undefined && heldMs > deadlineMs) return { kind: 'held', by: found };
      before = found;
      lookedMs = nowMs;
    }
  };
  return {
    runOut: run(),
    get heldMs() {
      return heldMs;
    },
    stop() {
      stopped = true;
    },
  };
}
