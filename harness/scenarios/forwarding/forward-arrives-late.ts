/**
 * A forward fails for the primary but still arrives, after its retry and after an update of
 * another client, as may happen in the lab to a call without a reply. It must be executed once.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { replicaAgreement } from '../../checkers/replica-agreement.js';
import { oneWay } from '../../faults/fault.js';
import { lateRequest } from '../../faults/late-request.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { modify, MODIFYING, token, untilEffect } from '../stage/workload.js';

/** Longer than it takes until the scenario lets it arrive, in ms. */
const LATE_MS = 20_000;

export const forwardArrivesLate = scenario({
  id: 'forward-arrives-late',
  title: 'A forward that failed arrives after its retry and after a newer one',
  source: 'kv-at-most-once',
  // The lab's calls may be executed after they have failed, and updates take effect once: hard, but it follows.
  tier: 'implied',
  circumstance: 'when the forward fails',
  requires: ['get', 'put', MODIFYING],
  points: 10,
  moreCheckers: [appendIntegrity, replicaAgreement],
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const [clerk, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, clerk, view);
    const late = cluster.install(lateRequest(LATE_MS), {
      links: oneWay(view.primary, view.backup),
      carrying: token(clerk, 1),
      kth: 1,
    });
    await modify(cluster, clerk, 'k', token(clerk, 1));
    // By another client: a filter may rightly keep only the last update of each client.
    await modify(cluster, other, 'k', token(other, 1));
    late.heal();
    await untilEffect(clock, late);
    await other.get('k');
    await failOver(cluster, view);
    await other.get('k');
  },
  mustTakeEffect: 'late-request',
});
