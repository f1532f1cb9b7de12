/** One server alone: puts, updates and reads in sequence by one client. */

import type { Clerk, Cluster } from '../../cluster/cluster.js';
import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { modify, readAll } from '../stage/workload.js';

export const singlePrimary = scenario({
  id: 'single-primary',
  title: 'Single primary, no backup',
  source: 'kv-latest',
  tier: 'asked',
  stockTest: 'TestBasicFail',
  points: 5,
  run: ({ cluster }) =>
    updateAlone(cluster, (clerk, key, value) => modify(cluster, clerk, key, value)),
});

/** The 2014 form: each puthash returns the value before it, and a hash depends on all values before it. */
export const singlePrimaryPutHash = scenario({
  ...singlePrimary,
  id: 'single-primary-puthash',
  title: 'PutHash on a single primary returns the old value and leaves its hash',
  tier: 'asked',
  requires: ['get', 'put', 'puthash'],
  run: ({ cluster }) => updateAlone(cluster, (clerk, key, value) => clerk.puthash(key, value)),
});

type Update = (clerk: Clerk, key: string, value: string) => Promise<unknown>;

async function updateAlone(cluster: Cluster, update: Update): Promise<void> {
  await startPrimary(cluster);
  const clerk = cluster.clerk('c1');
  await clerk.put('a', 'aa');
  await clerk.get('a');
  await clerk.put('b', 'bb');
  await clerk.put('a', 'aaa');
  await update(clerk, 'a', 'a4');
  // The first update of a key starts from nothing.
  await update(clerk, 'c', 'first');
  await clerk.get('c');
  await update(clerk, 'c', 'second');
  await update(clerk, 'c', 'third');
  await readAll(clerk, ['a', 'b', 'c']);
}
