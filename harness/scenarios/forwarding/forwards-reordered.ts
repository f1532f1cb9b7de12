/**
 * Several clients update one key, and the network delivers what the primary forwards in another order
 * than it was sent. Both replicas must have executed it in one order, which shows when the primary dies.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { replicaAgreement } from '../../checkers/replica-agreement.js';
import { oneWay } from '../../faults/fault.js';
import { holdAndRelease } from '../../faults/hold-and-release.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { concurrently, modify, startClerks, token } from '../stage/workload.js';

const CLERKS = 3;
const UPDATES_PER_CLERK = 4;

/** How long a forward waits for another one that could overtake it, in ms. */
const MAX_HELD_MS = 40;

export const forwardsReordered = scenario({
  id: 'forwards-reordered',
  title: 'Forwards overtake each other, and both replicas must agree all the same',
  source: 'kv-forwarding',
  tier: 'implied',
  circumstance: 'when forwards are late',
  points: 15,
  moreCheckers: [appendIntegrity, replicaAgreement],
  async run({ cluster }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const reader = cluster.clerk('reader');
    await settle(cluster, reader, view);
    const reordering = cluster.install(
      holdAndRelease({ batch: 2, maxHeldMs: MAX_HELD_MS }),
      oneWay(view.primary, view.backup),
    );
    await concurrently(clerks, UPDATES_PER_CLERK, (clerk, n) =>
      modify(cluster, clerk, 'k', token(clerk, n)),
    );
    reordering.heal();
    await reader.get('k');
    await failOver(cluster, view);
    await reader.get('k');
  },
  mustTakeEffect: 'hold-and-release',
});
