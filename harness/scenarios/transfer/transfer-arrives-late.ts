/**
 * The first attempt at a transfer fails for the primary but still arrives, after its retry and
 * after newer updates, as may happen in the lab to a call without a reply. It must not undo them.
 */

import { lateRequest } from '../../faults/late-request.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settleAnew } from '../stage/setting.js';
import { readAll, token, untilEffect } from '../stage/workload.js';
import { JOINER, storeAlone } from './stored.js';

/** Longer than it takes until the scenario lets it arrive, in ms. */
const LATE_MS = 20_000;

export const transferArrivesLate = scenario({
  id: 'transfer-arrives-late',
  title: 'A transfer that failed arrives after its retry and after newer updates',
  source: 'kv-transfer',
  // That a call arrives after newer calls is asked of no transfer, and few submissions number theirs.
  tier: 'beyond',
  circumstance: 'when a transfer fails or takes long',
  points: 10,
  async run({ cluster, clock }) {
    const clerk = cluster.clerk('c1');
    const { keys, firstTransfer } = await storeAlone(cluster, clerk);
    const late = cluster.install(lateRequest(LATE_MS), firstTransfer);
    await cluster.startServer(JOINER);
    const view = await settleAnew(cluster, clerk);
    for (const [n, key] of keys.entries()) await clerk.put(key, token(clerk, n));
    late.heal();
    await untilEffect(clock, late);
    await failOver(cluster, view);
    await readAll(clerk, keys);
  },
  mustTakeEffect: 'late-request',
});
