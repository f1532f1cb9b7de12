/**
 * For a while forwards are lost although both servers live and ping; then the primary dies. A primary
 * that answered its clients without the backup has lost their writes.
 */

import { dropRequest } from '../../faults/drop-request.js';
import { oneWay, type Fault } from '../../faults/fault.js';
import { refuse } from '../../faults/refuse.js';
import { resetMidCall } from '../../faults/reset-mid-call.js';
import { tookEffect } from '../../history/timeline.js';
import type { Random } from '../../ground/seed.js';
import { scenario } from '../stage/scenario.js';
import { dialAnew } from '../stage/deposition.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { concurrently, modify, readAll, startClerks, token } from '../stage/workload.js';

const CLERKS = 2;
const WRITES_PER_CLERK = 3;

/** How long forwards are lost, as a share of the time after which a silent server is dead. */
const LOST_FOR_DEATHS = 0.7;

export const forwardLostThenFailover = scenario({
  id: 'forward-lost-then-failover',
  version: 2,
  title: 'Forwards are lost for a while, and then the primary dies',
  source: 'kv-forwarding',
  // The hand-out: the client is answered after the backup has accepted the update.
  tier: 'asked',
  circumstance: 'when the forward fails',
  points: 15,
  async run(stage) {
    const { cluster, clock, random } = stage;
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const [reader] = clerks;
    await settle(cluster, reader, view);
    const forwards = oneWay(view.primary, view.backup);
    const lost = cluster.install(lostForward(random), forwards);
    // A primary may keep its connection, on which nothing would be refused.
    dialAnew(cluster, forwards);
    const written: string[] = [];
    const writing = concurrently(clerks, WRITES_PER_CLERK, (clerk, n) => {
      // A key for each write: nothing that comes later can hide that one of them is gone.
      const key = `${clerk.name}-${n}`;
      written.push(key);
      const value = token(clerk, n);
      return n % 2 === 0 ? clerk.put(key, value) : modify(cluster, clerk, key, value);
    });
    await Promise.race([writing, clock.sleep(LOST_FOR_DEATHS * deathMs(cluster.lab))]);
    await failOver(cluster, view);
    lost.heal();
    await writing;
    await readAll(reader, written);
  },
  unexercised: ({ timeline }) =>
    timeline.some((event) => event.kind === 'fault' && tookEffect(event) && !event.delivered)
      ? undefined
      : 'No forward was lost in this run.',
});

function lostForward(random: Random): Fault {
  return random.pick([dropRequest, resetMidCall, refuse])();
}
