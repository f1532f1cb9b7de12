/**
 * A clerk loses its connection while the primary still waits for the backup, and retries: the retries
 * arrive while the original is being executed. A server that checks its filter first and updates it
 * last does the update several times.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { delayRequest } from '../../faults/delay-request.js';
import { dropReply } from '../../faults/drop-reply.js';
import { oneWay } from '../../faults/fault.js';
import { faultBit } from '../stage/exercise.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, settleAnew, startPair } from '../stage/setting.js';
import { modify, MODIFYING, token, until } from '../stage/workload.js';

/** Most ping intervals of waiting: a primary that holds its lock meanwhile must not seem dead. */
const HELD_INTERVALS = 3;

export const retryOverlapsOriginal = scenario({
  id: 'retry-overlaps-original',
  title: 'A retry that arrives while the original is being executed is not executed again',
  source: 'kv-at-most-once',
  tier: 'implied',
  requires: ['get', 'put', MODIFYING],
  points: 10,
  moreCheckers: [appendIntegrity],
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const [clerk, witness] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, witness, view);
    const { primary, backup } = view;
    const heldMs = HELD_INTERVALS * cluster.lab.pingIntervalMs;
    const held = cluster.install(delayRequest(heldMs), oneWay(primary, backup));
    const lost = cluster.install(dropReply('early'), oneWay(clerk.name, primary));
    const updated = modify(cluster, clerk, 'k', token(clerk, 1));
    // The second loss is that of a retry, which has been delivered by then.
    const retried = until(clock, () => held.hits > 0 && lost.hits > 1);
    await Promise.race([updated, retried, clock.sleep(heldMs)]);
    lost.heal();
    held.heal();
    await updated;
    await modify(cluster, clerk, 'k', token(clerk, 2));
    await witness.get('k');
    // It may have seemed dead all the same.
    await failOver(cluster, await settleAnew(cluster, witness));
    await witness.get('k');
  },
  unexercised: (facts) => faultBit('drop-reply', 2)(facts) ?? faultBit('delay-request')(facts),
});
