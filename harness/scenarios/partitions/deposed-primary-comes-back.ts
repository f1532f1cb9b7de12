/**
 * A deposed primary comes back from its partition with the data of its time, becomes backup, and then
 * primary again. All writes since then must be there.
 */

import { depose } from '../stage/deposition.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { modify, readAll, token } from '../stage/workload.js';

const KEYS = ['overwritten', 'modified', 'kept', 'new'];

export const deposedPrimaryComesBack = scenario({
  id: 'deposed-primary-comes-back',
  title: 'A deposed primary comes back, and leads again with all that was written meanwhile',
  source: 'kv-transfer',
  tier: 'implied',
  circumstance: 'when a deposed primary comes back',
  points: 10,
  deadlineMs: 40_000,
  async run({ cluster }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    for (const [n, key] of ['overwritten', 'modified', 'kept'].entries()) {
      await clerk.put(key, token(clerk, n));
    }
    const partition = await depose(cluster, view);
    // One that comes now does not know the deposed primary, and cannot be waiting for it.
    const newcomer = cluster.clerk('newcomer');
    await newcomer.put('overwritten', token(newcomer, 1));
    await modify(cluster, newcomer, 'modified', token(newcomer, 2));
    await newcomer.put('new', token(newcomer, 3));
    partition.heal();
    await failOver(cluster, await settleAnew(cluster, newcomer));
    await readAll(newcomer, [...KEYS, SETTLED_KEY]);
  },
  mustTakeEffect: 'cut',
});
