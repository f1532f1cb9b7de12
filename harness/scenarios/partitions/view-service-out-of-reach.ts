/**
 * The view service is hard to reach, but no server is dead: for a moment no process reaches it, or its
 * answers are slow. The service must go on.
 */

import { VIEW_SERVICE, type Clerk, type Lab } from '../../cluster/cluster.js';
import { delayReply } from '../../faults/delay-reply.js';
import { towards } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { concurrently, meanwhile, readAll, startClerks, token } from '../stage/workload.js';

const WRITES_PER_CLERK = 3;

export const viewServiceOutOfReach = scenario({
  id: 'view-service-out-of-reach',
  title: 'The view service is out of reach for a moment, and the service goes on',
  source: 'kv-survival',
  // TestPartition1 cuts this link for one server; that a short cut does no harm follows.
  tier: 'implied',
  points: 10,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster);
    const witness = cluster.clerk('witness');
    await settle(cluster, witness, view);
    // A clerk that knows the primary by now need not ask for it.
    for (const clerk of clerks) await clerk.get(SETTLED_KEY);
    const away = cluster.install(cut(), towards(VIEW_SERVICE));
    const keys: string[] = [];
    const writing = meanwhile(concurrently(clerks, WRITES_PER_CLERK, writeOwnKeys(keys)));
    await clock.sleep(momentMs(cluster.lab));
    away.heal();
    await writing;
    await concurrently(clerks, WRITES_PER_CLERK, writeOwnKeys(keys));
    await failOver(cluster, await settleAnew(cluster, witness));
    await readAll(witness, [...keys, SETTLED_KEY]);
  },
  mustTakeEffect: 'cut',
});

export const slowViewService = scenario({
  ...viewServiceOutOfReach,
  id: 'slow-view-service',
  title: 'The view service answers slowly, and the service goes on',
  // In the lab the view service answers at once.
  tier: 'beyond',
  async run({ cluster }) {
    await startPair(cluster);
    const clerks = startClerks(cluster);
    const witness = cluster.clerk('witness');
    cluster.install(delayReply(slownessMs(cluster.lab)), towards(VIEW_SERVICE));
    const keys: string[] = [];
    await concurrently(clerks, WRITES_PER_CLERK, writeOwnKeys(keys));
    await failOver(cluster, await settleAnew(cluster, witness));
    await concurrently(clerks, WRITES_PER_CLERK, writeOwnKeys(keys));
    await readAll(witness, [...keys, SETTLED_KEY]);
  },
  mustTakeEffect: 'delay-reply',
});

/** Long enough for pings to fail, and short enough for no server to be dead, in ms. */
function momentMs({ pingIntervalMs, deadPings }: Lab): number {
  return ((deadPings - 1) / 2) * pingIntervalMs;
}

/**
 * Longer than a ping interval where five may be missed, in ms. A server that waits for each answer before it
 * counts to the next ping must still not come near its death.
 */
function slownessMs({ pingIntervalMs, deadPings }: Lab): number {
  return ((deadPings - 1) / 3) * pingIntervalMs;
}

/** A step that writes keys of the clerk's own, each once, and notes them in `keys`. */
function writeOwnKeys(keys: string[]) {
  const round = keys.length;
  return async (clerk: Clerk, n: number): Promise<void> => {
    const key = `${clerk.name}-${round + n}`;
    keys.push(key);
    await clerk.put(key, token(clerk, round + n));
  };
}
