/**
 * "" is a value like any other: written over a longer one it must be read, an update with it is an
 * update, and what follows starts from nothing.
 */

import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { modify, token } from '../stage/workload.js';

export const emptyValues = scenario({
  id: 'empty-values',
  title: 'An empty value is written, and read, like any other',
  source: 'kv-latest',
  tier: 'implied',
  points: 5,
  async run({ cluster }) {
    await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.put('k', token(clerk, 1));
    await clerk.put('k', '');
    await clerk.get('k');
    await modify(cluster, clerk, 'k', token(clerk, 2));
    await clerk.get('k');
    await modify(cluster, clerk, 'k', '');
    await clerk.get('k');
    await modify(cluster, clerk, 'fresh', '');
    await clerk.get('fresh');
  },
});
