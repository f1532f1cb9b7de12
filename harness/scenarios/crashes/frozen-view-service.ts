/**
 * The view service freezes for longer than it takes to be dead, and wakes up. While it lasts nothing is
 * asked of the service, which may go on or wait; but no server may make up a view of its own, and afterwards
 * everything must get done, and nothing may be missing.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { VIEW_SERVICE } from '../../cluster/cluster.js';
import type { Facts, Scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { concurrently, meanwhile, readAll, startClerks, token } from '../stage/workload.js';

const WRITES_PER_CLERK = 3;

export const frozenViewService: Scenario = {
  id: 'frozen-view-service',
  title: 'The view service freezes, and wakes up',
  part: 'B',
  source: 'kv-survival',
  requires: ['get', 'put'],
  points: 10,
  deadlineMs: 40_000,
  checkers: [linearizability, deadlines],
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, 2);
    const witness = cluster.clerk('witness');
    await settle(cluster, witness, view);
    for (const clerk of clerks) await clerk.put(clerk.name, token(clerk, 0));
    cluster.pause(VIEW_SERVICE);
    await clock.sleep(1.5 * deathMs(cluster.lab));
    const keys = clerks.map(({ name }) => name);
    const writing = meanwhile(
      concurrently(clerks, WRITES_PER_CLERK, async (clerk, n) => {
        await clerk.put(`${clerk.name}-${n}`, token(clerk, n + 1));
        keys.push(`${clerk.name}-${n}`);
      }),
    );
    await Promise.race([writing, clock.sleep(deathMs(cluster.lab) / 2)]);
    cluster.resume(VIEW_SERVICE);
    await writing;
    await failOver(cluster, await settleAnew(cluster, witness));
    await readAll(witness, [...keys, SETTLED_KEY]);
  },
  unexercised: ({ timeline }: Facts) =>
    timeline.some(({ kind }) => kind === 'paused') ? undefined : 'The view service was not frozen.',
};
