/**
 * When the last server with data has died, no server may serve: neither a server that never had the data
 * nor the last one itself, restarted without it.
 */

import type { Cluster } from '../../cluster/cluster.js';
import { expectUnanswered } from '../stage/expectation.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { failOver, settle, startPair, startPrimary } from '../stage/setting.js';

/** How long the read must stay unanswered at least, in ms: several times what a view change takes. */
const SILENCE_MS = 1500;

export const lastServerKilled = scenario({
  id: 'last-server-killed',
  title: 'The last server dies, and no other may serve without its data',
  source: 'kv-survival',
  tier: 'asked',
  stockTest: 'TestBasicFail',
  circumstance: 'when the last server with the data is gone',
  points: 10,
  run: (stage) => loseAllData(stage, (cluster) => cluster.startServer('pb3')),
});

export const lastServerRestarted = scenario({
  ...lastServerKilled,
  id: 'last-server-restarted',
  title: 'The last server dies and comes back without its data, and must not serve',
  // The hand-out says it of a last server that restarts; the stock test starts another server.
  tier: 'asked',
  stockTest: undefined,
  run: (stage) => loseAllData(stage, (cluster, last) => cluster.restart(last)),
});

export const soleServerRestarted = scenario({
  ...lastServerKilled,
  id: 'sole-server-restarted',
  title: 'The only server of the first view restarts at once, and must not serve without its data',
  // The hand-out speaks of a restarted last server, not of one that is back before anybody missed it.
  tier: 'implied',
  stockTest: undefined,
  circumstance: undefined,
  async run({ cluster }) {
    const { primary } = await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, await cluster.view());
    await clerk.put('k', 'precious');
    await cluster.kill(primary);
    await cluster.restart(primary);
    expectUnanswered(
      await clerk.get('k', { mayHang: true, deadlineMs: SILENCE_MS }),
      'A get was answered after the only server had lost its data: the server that answered it cannot have had the data.',
    );
  },
});

/** `appear` starts the server that comes after the `last` one has died. */
async function loseAllData(
  { cluster, clock }: Stage,
  appear: (cluster: Cluster, last: string) => Promise<void>,
): Promise<void> {
  const view = await startPair(cluster);
  const clerk = cluster.clerk('c1');
  await settle(cluster, clerk, view);
  await clerk.put('k', 'precious');
  const killedMs = clock.now();
  await failOver(cluster, view);
  // A submission that is slow to change its views is slow to make this mistake, too.
  const silenceMs = Math.max(SILENCE_MS, 2 * (clock.now() - killedMs));
  await clerk.get('k');
  await cluster.kill(view.backup);
  await appear(cluster, view.backup);
  expectUnanswered(
    await clerk.get('k', { mayHang: true, deadlineMs: silenceMs }),
    'A get was answered after the last server with data had died: the server that answered it cannot have had the data.',
  );
}
