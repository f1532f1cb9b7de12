/**
 * Several clients write the same keys at once, on a reliable or an unreliable network; then the
 * primary dies, and the replica that takes over must agree with it.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { replicaAgreement } from '../../checkers/replica-agreement.js';
import type { Clerk } from '../../cluster/cluster.js';
import { unreliable } from '../../faults/unreliable.js';
import { callsWereLost } from '../stage/exercise.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { concurrently, readAll, startClerks, token } from '../stage/workload.js';

const CLERKS = 3;
const KEYS = ['k0', 'k1'];

export const concurrentPuts = scenario({
  id: 'concurrent-puts',
  title: 'Concurrent Puts to the same keys, and then the primary dies',
  source: 'kv-forwarding',
  tier: 'asked',
  stockTest: 'TestConcurrentSame',
  points: 10,
  deadlineMs: 60_000,
  moreCheckers: [replicaAgreement],
  run: (stage) => updateConcurrently(stage, 40, putStep(stage)),
});

export const concurrentPutsUnreliable = scenario({
  ...concurrentPuts,
  id: 'concurrent-puts-unreliable',
  title: 'Concurrent Puts to the same keys on an unreliable network',
  tier: 'asked',
  stockTest: 'TestConcurrentSameUnreliable',
  run: (stage) => unreliably(stage, 10, putStep(stage)),
  unexercised: callsWereLost,
});

export const concurrentAppends = scenario({
  id: 'concurrent-appends',
  title: 'Concurrent Appends to the same key, and then the primary dies',
  source: 'kv-at-most-once',
  tier: 'asked',
  stockTest: 'TestConcurrentSameAppend',
  requires: ['get', 'append'],
  points: 10,
  deadlineMs: 60_000,
  moreCheckers: [appendIntegrity, replicaAgreement],
  run: (stage) => updateConcurrently(stage, 30, appendStep),
});

export const concurrentAppendsUnreliable = scenario({
  ...concurrentAppends,
  id: 'concurrent-appends-unreliable',
  title: 'Concurrent Appends to the same key on an unreliable network',
  tier: 'implied',
  stockTest: undefined,
  run: (stage) => unreliably(stage, 10, appendStep),
  unexercised: callsWereLost,
});

type Step = (clerk: Clerk, n: number) => Promise<unknown>;

function putStep({ random }: Stage): Step {
  const order = random.child('keys');
  return (clerk, n) => clerk.put(order.pick(KEYS), token(clerk, n));
}

const appendStep: Step = (clerk, n) => clerk.append('k0', token(clerk, n));

async function unreliably(stage: Stage, perClerk: number, step: Step): Promise<void> {
  stage.cluster.install(unreliable(), stage.cluster.serverLinks);
  await updateConcurrently(stage, perClerk, step);
}

async function updateConcurrently(stage: Stage, perClerk: number, step: Step): Promise<void> {
  const { cluster } = stage;
  const view = await startPair(cluster);
  const clerks = startClerks(cluster, CLERKS);
  const reader = cluster.clerk('reader');
  await settle(cluster, reader, view);
  await concurrently(clerks, perClerk, step);
  await readAll(reader, KEYS);
  await failOver(cluster, view);
  await readAll(reader, KEYS);
}
