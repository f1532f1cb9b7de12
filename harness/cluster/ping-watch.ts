/** Waits for answered pings of a server, from which a scenario concludes what the server must know. */

import type { Clock } from '../clock.js';
import { breach } from './breach.js';
import { DEFAULT_DEADLINE_MS } from './cluster.js';

/** How often the answered pings are counted while somebody waits for them, in ms. */
const PING_POLL_MS = 5;

/** Waits for `count` more than are `answered` now; a server whose pings stop is a breach. */
export async function waitForPings(
  answered: () => number,
  { name, count, clock }: { name: string; count: number; clock: Clock },
): Promise<void> {
  const goal = answered() + count;
  const lateMs = clock.now() + DEFAULT_DEADLINE_MS;
  while (answered() < goal) {
    await clock.sleep(PING_POLL_MS);
    if (clock.now() > lateMs) {
      throw breach({
        class: 'liveness',
        rule: 'view-dead',
        symptom: 'pings-overdue',
        says: `Expected ${count} answered pings of ${name} within ${DEFAULT_DEADLINE_MS / 1000} s, but ${goal - answered()} were missing.`,
      });
    }
  }
}
