/**
 * A client is killed while its update is on its way to the backup, and the answer to that forward is
 * lost: no retry will come. The update may be done once or not at all, and all readers must agree on it;
 * the other clients must be served as if nothing had happened.
 */

import { oneWay } from '../../faults/fault.js';
import { strikeMidCall } from '../../faults/strike-mid-call.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { modify, readAll, token, until } from '../stage/workload.js';

export const clerkDiesMidOperation = scenario({
  id: 'clerk-dies-mid-operation',
  title: 'A client dies in the middle of an update, and the others go on',
  source: 'kv-survival',
  // The hand-out does not speak of clients that die; that others go on follows.
  tier: 'implied',
  points: 10,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const [doomed, witness] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, witness, view);
    await doomed.put('doomed', token(doomed, 1));
    const kill = () => void cluster.kill(doomed.name);
    const strike = cluster.install(strikeMidCall('after-execution', { freeze: kill, kill }), {
      links: oneWay(view.primary, view.backup),
      kth: 1,
    });
    const unheard = modify(cluster, doomed, 'doomed', token(doomed, 2), { mayHang: true });
    await Promise.race([unheard, until(clock, () => strike.hits > 0)]);
    await witness.put('k', token(witness, 1));
    await modify(cluster, witness, 'k', token(witness, 2));
    await readAll(witness, ['k', 'doomed']);
    await failOver(cluster, view);
    await modify(cluster, witness, 'k', token(witness, 3));
    await readAll(witness, ['k', 'doomed']);
  },
  mustTakeEffect: 'strike-mid-call',
});
