/**
 * A view service as a bare machine in a world with its own time, in which words are played as fast as they
 * can be computed. Its ticks come a little early or late, and pings take a little to arrive.
 */

import type { View } from '../../../harness/history/timeline.js';
import type { World } from '../../../harness/scenarios/view-service/walk/player.js';
import type { Random } from '../../../harness/ground/seed.js';
import type { Reply } from '../../../reference/machine.js';
import { decodeView } from '../../../reference/protocol.js';
import type { ViewService } from '../../../reference/view-service.js';

export const LAB = { pingIntervalMs: 100, deadPings: 5 };

/** How early or late a tick may be, and how long a ping may take in each direction, in ms. */
const JITTER_MS = 8;

/** A world with this view service in it, whose ticks begin at a random time. */
export function simulatedWorld(Service: typeof ViewService, random: Random): World {
  const service = new Service(LAB.deadPings);
  let nowMs = 0;
  let tickMs = random.float() * LAB.pingIntervalMs;
  const advanceTo = (untilMs: number): void => {
    while (tickMs <= untilMs) {
      nowMs = Math.max(nowMs, tickMs);
      service.tick();
      tickMs += LAB.pingIntervalMs + (random.float() - 0.5) * JITTER_MS;
    }
    nowMs = Math.max(nowMs, untilMs);
  };
  const advance = (ms: number): void => advanceTo(nowMs + ms);
  const call = (method: string, params: unknown): Promise<View> => {
    advance((random.float() * JITTER_MS) / 2);
    const replies: Reply[] = [];
    service.handle(method, params, (reply) => replies.push(reply));
    // An answer that is held waits for a tick.
    while (replies.length === 0) advanceTo(tickMs);
    advance((random.float() * JITTER_MS) / 2);
    return Promise.resolve(viewIn(replies[0]));
  };
  return {
    ...LAB,
    now: () => nowMs,
    sleep(ms) {
      // Timers are late, never early.
      advance(ms + random.float() * 2);
      return Promise.resolve();
    },
    ping: (server, viewnum) => call('view.ping', { server, viewnum }),
    ask: () => call('view.get', {}),
  };
}

function viewIn(reply: Reply | undefined): View {
  const view = reply?.kind === 'result' ? decodeView(reply.result) : undefined;
  if (view === undefined) throw new Error('the view service has not answered with a view');
  return view;
}
