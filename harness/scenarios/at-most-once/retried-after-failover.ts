/**
 * An update is executed, but its clerk never gets the answer; the primary dies, and the clerk retries at
 * the new one: it must know that the update is done, whether it learned of it by the transfer, because
 * it joined later, or by a forward.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { DEADLINE_WITH_START_MS, type Clerk } from '../../cluster/cluster.js';
import { dropReply } from '../../faults/drop-reply.js';
import { oneWay } from '../../faults/fault.js';
import type { Operation } from '../../history/operation.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { failOver, formed, settle, startPair, startPrimary } from '../stage/setting.js';
import { token, until } from '../stage/workload.js';

export const appendRetriedAfterFailover = scenario({
  id: 'append-retried-after-failover',
  title: 'An executed Append is retried at the new primary, and done once',
  source: 'kv-at-most-once',
  tier: 'implied',
  circumstance: 'when a retry reaches the new primary',
  requires: ['get', 'put', 'append'],
  points: 10,
  moreCheckers: [appendIntegrity],
  run: (stage) => retryAfterTransfer(stage, append),
  mustTakeEffect: 'drop-reply',
});

export const forwardedAppendRetriedAfterFailover = scenario({
  ...appendRetriedAfterFailover,
  id: 'forwarded-append-retried-after-failover',
  title: 'A forwarded Append is retried at the backup, now primary, and done once',
  tier: 'implied',
  run: (stage) => retryAfterForward(stage, append),
});

/** The 2014 forms: the retry must also return what the first attempt would have returned. */
export const putHashRetriedAfterFailover = scenario({
  ...appendRetriedAfterFailover,
  id: 'puthash-retried-after-failover',
  title: 'An executed PutHash is retried at the new primary, and returns the same old value',
  tier: 'implied',
  requires: ['get', 'put', 'puthash'],
  moreCheckers: [],
  run: (stage) => retryAfterTransfer(stage, putHash),
});

export const forwardedPutHashRetriedAfterFailover = scenario({
  ...putHashRetriedAfterFailover,
  id: 'forwarded-puthash-retried-after-failover',
  title: 'A forwarded PutHash is retried at the backup, and returns the same old value',
  tier: 'implied',
  run: (stage) => retryAfterForward(stage, putHash),
});

type Update = (clerk: Clerk, n: number) => Promise<Operation>;

/** A server may have to start while the update waits for its answer. */
const PATIENT = { deadlineMs: DEADLINE_WITH_START_MS };

const append: Update = (clerk, n) => clerk.append('k', token(clerk, n), PATIENT);
const putHash: Update = (clerk, n) => clerk.puthash('k', token(clerk, n), PATIENT);

async function retryAfterTransfer(stage: Stage, update: Update): Promise<void> {
  const { cluster } = stage;
  const { primary } = await startPrimary(cluster);
  const [clerk, witness] = [cluster.clerk('c1'), cluster.clerk('c2')];
  await update(witness, 1);
  const { updated } = await updateUnheard(stage, clerk, primary, update);
  await cluster.startServer('pb2');
  const view = await formed(cluster);
  await settle(cluster, witness, view);
  await failOver(cluster, view);
  await updated;
  await clerk.get('k');
}

async function retryAfterForward(stage: Stage, update: Update): Promise<void> {
  const { cluster } = stage;
  const view = await startPair(cluster);
  const [clerk, witness] = [cluster.clerk('c1'), cluster.clerk('c2')];
  await settle(cluster, witness, view);
  await update(witness, 1);
  const { updated } = await updateUnheard(stage, clerk, view.primary, update);
  await failOver(cluster, view);
  await updated;
  await clerk.get('k');
}

/**
 * Resolves when the primary has answered an update for the first time; the clerk hears nothing from
 * it. Its operation is wrapped, so that awaiting this does not await the operation.
 */
async function updateUnheard(
  { cluster, clock }: Stage,
  clerk: Clerk,
  primary: string,
  update: Update,
): Promise<{ updated: Promise<Operation> }> {
  const lost = cluster.install(dropReply('late'), oneWay(clerk.name, primary));
  const updated = update(clerk, 2);
  await Promise.race([updated, until(clock, () => lost.hits > 0)]);
  return { updated };
}
