/**
 * The concurrent tests of 2014: each client puthashes a key of its own, and all of them a shared one, on
 * a reliable or an unreliable network; then the primary dies. Every hash depends on all hashes
 * before it, and every old value tells which one came before.
 */

import { replicaAgreement } from '../../checkers/replica-agreement.js';
import { unreliable } from '../../faults/unreliable.js';
import { callsWereLost } from '../stage/exercise.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { concurrently, readAll, startClerks, token } from '../stage/workload.js';

const CLERKS = 3;
const SHARED_KEY = 'shared';

export const concurrentPutHash = scenario({
  id: 'concurrent-puthash',
  title: 'Concurrent PutHashes of own keys and of a shared one, and then the primary dies',
  source: 'kv-at-most-once',
  tier: 'implied',
  requires: ['get', 'put', 'puthash'],
  points: 10,
  deadlineMs: 60_000,
  moreCheckers: [replicaAgreement],
  run: (stage) => hashConcurrently(stage, 12),
});

export const concurrentPutHashUnreliable = scenario({
  ...concurrentPutHash,
  id: 'concurrent-puthash-unreliable',
  title: 'Concurrent PutHashes on an unreliable network',
  tier: 'implied',
  async run(stage) {
    stage.cluster.install(unreliable(), stage.cluster.serverLinks);
    await hashConcurrently(stage, 5);
  },
  unexercised: callsWereLost,
});

async function hashConcurrently({ cluster }: Stage, perClerk: number): Promise<void> {
  const view = await startPair(cluster);
  const clerks = startClerks(cluster, CLERKS);
  const reader = cluster.clerk('reader');
  await settle(cluster, reader, view);
  await concurrently(clerks, perClerk, async (clerk, n) => {
    await clerk.puthash(SHARED_KEY, token(clerk, n));
    await clerk.puthash(clerk.name, token(clerk, n));
  });
  const keys = [SHARED_KEY, ...clerks.map(({ name }) => name)];
  await readAll(reader, keys);
  await failOver(cluster, view);
  await readAll(reader, keys);
}
