/**
 * An append is executed by a lone primary, but its clerk never hears of it; a backup joins, the primary
 * dies, and the clerk retries at the new primary: which must know the append as done.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { dropReply } from '../../faults/drop-reply.js';
import { oneWay } from '../../faults/fault.js';
import { faultBit } from '../stage/exercise.js';
import type { Scenario } from '../stage/scenario.js';
import { failOver, formed, settle, startPrimary } from '../stage/setting.js';
import { token, until } from '../stage/workload.js';

export const appendRetriedAfterFailover: Scenario = {
  id: 'append-retried-after-failover',
  title: 'An executed Append is retried at the new primary, and done once',
  part: 'B',
  source: 'kv-at-most-once',
  requires: ['get', 'put', 'append'],
  points: 10,
  deadlineMs: 30_000,
  checkers: [appendIntegrity, linearizability, deadlines],
  async run(stage) {
    const { cluster, clock } = stage;
    const { primary } = await startPrimary(cluster);
    const [clerk, witness] = [cluster.clerk('c1'), cluster.clerk('c2')];
    const lost = cluster.install(dropReply('late'), oneWay(clerk.name, primary));
    const appended = clerk.append('k', token(clerk, 1));
    await Promise.race([appended, until(clock, () => lost.hits > 0)]);
    await cluster.startServer('pb2');
    const view = await formed(cluster);
    await settle(cluster, witness, view);
    await failOver(cluster, view);
    await appended;
    await clerk.get('k');
  },
  unexercised: faultBit('drop-reply'),
};
