/** One server on an unreliable network: every update takes effect exactly once, in order. */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import type { Clerk, Cluster } from '../../cluster/cluster.js';
import { unreliable } from '../../faults/unreliable.js';
import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

const UPDATES = 30;

export const atMostOnceAppend = scenario({
  id: 'at-most-once-append',
  title: 'Appends take effect once although requests and replies are lost',
  source: 'kv-at-most-once',
  tier: 'asked',
  stockTest: 'TestAtMostOnce',
  requires: ['get', 'append'],
  points: 10,
  deadlineMs: 60_000,
  moreCheckers: [appendIntegrity],
  run: ({ cluster }) =>
    updateUnreliably(cluster, (clerk, n) => clerk.append('counter', token(clerk, n))),
  mustTakeEffect: 'drop-reply',
});

/** The 2014 form: a retry must also return what the first attempt would have returned. */
export const atMostOncePutHash = scenario({
  ...atMostOnceAppend,
  id: 'at-most-once-puthash',
  title: 'PutHashes take effect once, and return the old value, although replies are lost',
  tier: 'asked',
  requires: ['get', 'puthash'],
  moreCheckers: [],
  run: ({ cluster }) =>
    updateUnreliably(cluster, (clerk, n) => clerk.puthash('counter', token(clerk, n))),
});

async function updateUnreliably(
  cluster: Cluster,
  update: (clerk: Clerk, n: number) => Promise<unknown>,
): Promise<void> {
  await startPrimary(cluster);
  cluster.install(unreliable(), cluster.serverLinks);
  const clerk = cluster.clerk('c1');
  for (let n = 0; n < UPDATES; n++) await update(clerk, n);
  await clerk.get('counter');
}
