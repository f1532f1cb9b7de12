/** Waits for answered pings of a server, from which a scenario concludes what the server must know. */

import type { Clock } from '../ground/clock.js';
import { breach, HeldByKit } from './contract-broken.js';
import { watchDeadline } from './deadline.js';
import type { Obstacle } from './obstruction.js';

/** How often the answered pings are counted during a wait for them, in ms. */
const PING_POLL_MS = 5;

export interface PingWatch {
  name: string;
  count: number;
  clock: Clock;
  deadlineMs: number;
  /** Obstructions by the kit in the way of these pings. */
  obstruction: () => Obstacle | undefined;
}

/** Waits for `count` more than are `answered` now; a server whose pings stop is a breach. */
export async function waitForPings(
  answered: () => number,
  { name, count, clock, deadlineMs, obstruction }: PingWatch,
): Promise<void> {
  const goal = answered() + count;
  const deadline = watchDeadline({ deadlineMs, ...clock, obstruction });
  while (answered() < goal) {
    await clock.sleep(PING_POLL_MS);
    if (deadline.ranOut === undefined) continue;
    const what = `Expected ${count} answered pings of ${name} within ${deadlineMs / 1000} s`;
    const missing = `${goal - answered()} were missing`;
    if (deadline.ranOut.kind === 'held') {
      throw new HeldByKit(`${what}, and ${missing}`, deadline.ranOut.by);
    }
    throw breach({
      symptom: 'pings-overdue',
      says: `${what}, but ${missing}.`,
      waited: { kind: 'pings', server: name },
    });
  }
  deadline.stop();
}
