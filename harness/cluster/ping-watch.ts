/** Waits for answered pings of a server, from which a scenario concludes what the server must know. */

import type { Clock } from '../clock.js';
import { breach } from './breach.js';

/** How often the answered pings are counted while somebody waits for them, in ms. */
const PING_POLL_MS = 5;

export interface PingWatch {
  name: string;
  count: number;
  clock: Clock;
  deadlineMs: number;
}

/** Waits for `count` more than are `answered` now; a server whose pings stop is a breach. */
export async function waitForPings(
  answered: () => number,
  { name, count, clock, deadlineMs }: PingWatch,
): Promise<void> {
  const goal = answered() + count;
  const lateMs = clock.now() + deadlineMs;
  while (answered() < goal) {
    await clock.sleep(PING_POLL_MS);
    if (clock.now() > lateMs) {
      throw breach({
        class: 'liveness',
        symptom: 'pings-overdue',
        says: `Expected ${count} answered pings of ${name} within ${deadlineMs / 1000} s, but ${goal - answered()} were missing.`,
      });
    }
  }
}
