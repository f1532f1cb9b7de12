/** Data written before the backup joined, and after, must be readable once the primary has died. */

import { scenario } from '../stage/scenario.js';
import { failOver, formed, SETTLED_KEY, settle, startPrimary } from '../stage/setting.js';
import { modify, readAll, token } from '../stage/workload.js';

export const primaryFailure = scenario({
  id: 'primary-failure',
  title: 'The primary dies, and the backup has all its data',
  source: 'kv-transfer',
  tier: 'asked',
  stockTest: 'TestBasicFail',
  points: 10,
  async run(stage) {
    const { cluster } = stage;
    await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    const keys = ['k1', 'k2', 'k3', 'k4'];
    for (const [n, key] of keys.entries()) await clerk.put(key, token(clerk, n + 1));
    await modify(cluster, clerk, 'k1', token(clerk, 11));
    await cluster.startServer('pb2');
    const view = await formed(cluster);
    await settle(cluster, clerk, view);
    await modify(cluster, clerk, 'k2', token(clerk, 12));
    await failOver(cluster, view);
    await readAll(clerk, [...keys, SETTLED_KEY]);
  },
});
