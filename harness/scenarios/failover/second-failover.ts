/**
 * Three generations: what a lone primary wrote comes to the second server by a transfer and to the
 * third by one more, from a server that never got it from a client. Each is killed once the next has
 * settled; the last must hold everything.
 */

import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, startPrimary } from '../stage/setting.js';
import { modify, readAll, token } from '../stage/workload.js';

export const secondFailover = scenario({
  id: 'second-failover',
  title: 'The new primary dies, too, and the third server has all the data',
  source: 'kv-transfer',
  tier: 'implied',
  points: 10,
  deadlineMs: 60_000,
  async run({ cluster }) {
    let { primary } = await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.put('first', token(clerk, 1));
    await clerk.put('grown', token(clerk, 2));
    for (const [n, next] of ['pb2', 'pb3'].entries()) {
      await cluster.startServer(next);
      const view = await cluster.waitForView(
        `${next} to become the backup of ${primary}`,
        (now) => now.primary === primary && now.backup === next,
      );
      await settle(cluster, clerk, view);
      await clerk.put(`with ${next}`, token(clerk, 10 + n));
      await modify(cluster, clerk, 'grown', token(clerk, 20 + n));
      ({ primary } = await failOver(cluster, view));
    }
    await readAll(clerk, ['first', 'with pb2', 'with pb3', 'grown', SETTLED_KEY]);
  },
});
