/**
 * The transfer to a new backup takes longer than it takes to be declared dead, and meanwhile no ping of
 * the primary reaches the view service: because its link is cut, or because it waits for the transfer.
 * The primary alone has the data, so the backup must not take over, however long the silence.
 */

import { VIEW_SERVICE, type Cluster } from '../../cluster/cluster.js';
import { oneWay } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import { slow } from '../../faults/slow.js';
import { Unmet } from '../stage/endings.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settleAnew } from '../stage/setting.js';
import { meanwhile, readAll, token, untilEffect } from '../stage/workload.js';
import { JOINER, QUICK_PINGS, storeAlone } from './stored.js';

/** Together these are four times what passes before the fault is healed. */
const VALUES = 12;
const BYTES_PER_VALUE = 1000;
const RATE_BYTES_PER_SEC = 3000;

/** Ping intervals beyond the death limit in which a view service changes the view. */
const CHANGE_PINGS = 2;

export const transferOutlastsPings = scenario({
  id: 'transfer-outlasts-pings',
  title: 'A slow transfer: the new backup must not take over before it has the data',
  source: 'kv-transfer',
  tier: 'implied',
  circumstance: 'when a transfer fails or takes long',
  points: 15,
  deadlineMs: 40_000,
  async run({ cluster, clock }) {
    const { pingIntervalMs, deadPings } = cluster.lab;
    const [clerk, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    const stored = await storeAlone(cluster, clerk, { count: VALUES, bytes: BYTES_PER_VALUE });
    const { primary, keys, transfer } = stored;
    const slowed = cluster.install(slow(RATE_BYTES_PER_SEC), transfer);
    await cluster.startServer(JOINER);
    await untilEffect(clock, slowed);
    // A transfer that was not seen may long be done, and then its backup may rightly take over.
    if (slowed.hits === 0) return;
    const written = meanwhile(other.put('during', token(other, 1)));
    await clock.sleep(QUICK_PINGS * pingIntervalMs);
    const silenced = cluster.install(cut(), oneWay(primary, VIEW_SERVICE));
    await clock.sleep((deadPings + CHANGE_PINGS) * pingIntervalMs);
    await expectStillPrimary(cluster, primary);
    silenced.heal();
    slowed.heal();
    const view = await settleAnew(cluster, clerk);
    await written;
    await failOver(cluster, view);
    await readAll(clerk, [...keys, 'during', SETTLED_KEY]);
  },
  mustTakeEffect: 'slow',
});

async function expectStillPrimary(cluster: Cluster, primary: string): Promise<void> {
  const now = await cluster.view();
  if (now.primary === primary) return;
  throw new Unmet({
    symptom: 'promoted-without-data',
    says:
      `Expected ${primary} to stay primary until its new backup has received the data, but the view ` +
      `service has made ${now.primary || 'no server'} the primary of view ${now.viewnum}: the view that ` +
      `names the backup had been left before the transfer was done.`,
  });
}
