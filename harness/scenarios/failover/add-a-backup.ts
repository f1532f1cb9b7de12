/**
 * A second server joins a primary that holds data; the service goes on before, while and after, also for
 * a client that never saw the primary alone.
 */

import { scenario } from '../stage/scenario.js';
import { formed, startPrimary } from '../stage/setting.js';
import { readAll } from '../stage/workload.js';

export const addABackup = scenario({
  id: 'add-a-backup',
  title: 'A backup joins, and the service goes on',
  source: 'kv-transfer',
  tier: 'asked',
  stockTest: 'TestBasicFail',
  points: 5,
  async run({ cluster }) {
    await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.put('before', 'v1');
    const join = async () => {
      await cluster.startServer('pb2');
      await formed(cluster);
    };
    await Promise.all([join(), clerk.put('while', 'v2')]);
    await clerk.put('after', 'v3');
    const keys = ['before', 'while', 'after'];
    await readAll(clerk, keys);
    await readAll(cluster.clerk('c2'), keys);
  },
});
