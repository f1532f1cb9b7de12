/**
 * The backup executes a forward, but the primary never gets the answer, while other clients go on. It must
 * be executed once, and in the same order at the primary and at the backup.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { replicaAgreement } from '../../checkers/replica-agreement.js';
import { dropReply } from '../../faults/drop-reply.js';
import { oneWay } from '../../faults/fault.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { meanwhile, modify, MODIFYING, token, untilEffect } from '../stage/workload.js';

/** Updates of another client while it is open what became of the first. */
const OTHER_UPDATES = 6;

export const forwardExecutedUnanswered = scenario({
  id: 'forward-executed-unanswered',
  title: 'The answer to a forward is lost, and other clients go on',
  source: 'kv-at-most-once',
  tier: 'implied',
  circumstance: 'when the forward fails',
  requires: ['get', 'put', MODIFYING],
  points: 15,
  moreCheckers: [appendIntegrity, replicaAgreement],
  async run({ cluster, clock, random }) {
    const view = await startPair(cluster);
    const [clerk, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, clerk, view);
    const unanswered = cluster.install(dropReply(random.pick(['early', 'late'])), {
      links: oneWay(view.primary, view.backup),
      carrying: token(clerk, 1),
      kth: 1,
    });
    const updated = meanwhile(modify(cluster, clerk, 'k', token(clerk, 1)));
    await untilEffect(clock, unanswered);
    for (let n = 0; n < OTHER_UPDATES; n++) await modify(cluster, other, 'k', token(other, n));
    await updated;
    await other.get('k');
    await failOver(cluster, view);
    await other.get('k');
  },
  mustTakeEffect: 'drop-reply',
});
