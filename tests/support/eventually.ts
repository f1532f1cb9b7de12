/** Waits for a condition with a deadline, so that no test has to guess how long something takes. */

import { setTimeout as pause } from 'node:timers/promises';

/** It is looked again after the first of these times, then less and less often: a look may cost as much as the work. */
const POLL_MS = { first: 5, most: 40, growth: 1.2 };

/** On a machine that is slow and busy with others; no test takes so long elsewhere. */
const DEADLINE_MS = 60_000;

/** Resolves once `holds` does; rejects after the deadline with `what` was waited for. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const giveUpMs = performance.now() + deadlineMs;
  let pollMs = POLL_MS.first;
  while (!(await holds())) {
    if (performance.now() > giveUpMs) throw new Error(`in vain, waited for ${what}`);
    await pause(pollMs);
    pollMs = Math.min(pollMs * POLL_MS.growth, POLL_MS.most);
  }
}
