/**
 * A transfer that failed for the old primary, and was done again, arrives when the backup has taken over
 * and has newer data. It must be refused like everything else of the old primary: it would undo what was
 * written since.
 */

import { oneWay } from '../../faults/fault.js';
import { lateRequest } from '../../faults/late-request.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settleAnew, startPrimary } from '../stage/setting.js';
import { readAll, token, untilEffect } from '../stage/workload.js';

/** Longer than it takes until the scenario lets it arrive, in ms. */
const LATE_MS = 60_000;

/** Nothing else carries this, so what does on its way to the backup is the transfer. */
const MARK = 'written alone';

const KEYS = ['k1', 'k2', 'k3'];

export const transferOfDeposedPrimary = scenario({
  id: 'transfer-of-deposed-primary',
  title: 'A transfer of the old primary arrives when its backup has taken over',
  source: 'kv-promoted',
  // The hand-out says it of forwards.
  tier: 'implied',
  circumstance: 'when the old primary still forwards',
  points: 10,
  async run({ cluster, clock }) {
    const { primary } = await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    for (const key of KEYS) await clerk.put(key, `${MARK} ${key}`);
    const transfer = { links: oneWay(primary, 'pb2'), carrying: MARK, kth: 1 };
    const late = cluster.install(lateRequest(LATE_MS), transfer);
    await cluster.startServer('pb2');
    await failOver(cluster, await settleAnew(cluster, clerk));
    for (const [n, key] of KEYS.entries()) await clerk.put(key, token(clerk, n));
    late.heal();
    await untilEffect(clock, late);
    await readAll(clerk, KEYS);
  },
  mustTakeEffect: 'late-request',
});
