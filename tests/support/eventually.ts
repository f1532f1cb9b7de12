/** Waits for a condition with a deadline, so that no test has to guess how long something takes. */

import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 5;
const DEADLINE_MS = 15_000;

/** Resolves once `holds` does; rejects after the deadline with `what` was waited for. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const giveUpMs = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > giveUpMs) throw new Error(`in vain, waited for ${what}`);
    await pause(POLL_MS);
  }
}
