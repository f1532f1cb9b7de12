/**
 * A client cannot reach the primary, while all others can. It has to wait,
 * no other server may answer it, and once the link is back its operation must be done.
 */

import { oneWay } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import { scenario } from '../stage/scenario.js';
import { SETTLED_KEY, settle, startPair } from '../stage/setting.js';
import { unansweredUntil } from '../stage/silence.js';
import { meanwhile, readAll, token } from '../stage/workload.js';

/** For so many ping intervals the link is away: the clerk tries several times. */
const INTERVALS = 4;

export const clerkCutOff = scenario({
  id: 'clerk-cut-off',
  title: 'A client that cannot reach the primary waits until it can',
  source: 'kv-clerk-retries',
  tier: 'implied',
  points: 10,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const [cutOff, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, other, view);
    await cutOff.get(SETTLED_KEY);
    const away = cluster.install(cut(), oneWay(cutOff.name, view.primary));
    const put = meanwhile(cutOff.put('own', token(cutOff, 1)));
    const others = meanwhile(other.put('other', token(other, 1)));
    await unansweredUntil(clock.sleep(INTERVALS * cluster.lab.pingIntervalMs), [put], {
      why: `A client that could not reach ${view.primary}, the primary, was told that its put is done.`,
      stillHolds: async () => (await cluster.view()).viewnum === view.viewnum,
    });
    away.heal();
    await Promise.all([put, others]);
    await readAll(other, ['own', 'other']);
  },
  mustTakeEffect: 'cut',
});
