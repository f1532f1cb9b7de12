/**
 * The primary cannot reach its backup, although both live and ping: the view stays as it is. Nothing
 * may be answered, no read either, because the backup has not accepted it; once the link is there again
 * everything must get done.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { bothWays, oneWay } from '../../faults/fault.js';
import { cut } from '../../faults/link-faults.js';
import type { Operation } from '../../history/operation.js';
import { faultBit } from '../stage/exercise.js';
import type { Scenario, Stage } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, modify, readAll, token } from '../stage/workload.js';

export const writesNeedTheBackup: Scenario = {
  id: 'writes-need-the-backup',
  title: 'No write is acknowledged while the primary cannot reach its backup',
  part: 'B',
  source: 'kv-forwarding',
  requires: ['get', 'put'],
  points: 15,
  deadlineMs: 30_000,
  checkers: [linearizability, deadlines],
  async run(stage) {
    const { cluster } = stage;
    const [first, second] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await askWithoutBackup(stage, () => [
      first.put('put', token(first, 1)),
      modify(cluster, second, 'modified', token(second, 1)),
    ]);
    await failOver(cluster, await settleAnew(cluster, first));
    await readAll(first, ['put', 'modified', SETTLED_KEY]);
  },
  unexercised: faultBit('cut'),
};

export const readsNeedTheBackup: Scenario = {
  ...writesNeedTheBackup,
  id: 'reads-need-the-backup',
  title: 'No read is answered while the primary cannot reach its backup',
  async run(stage) {
    const clerk = stage.cluster.clerk('c1');
    await askWithoutBackup(stage, () => [clerk.get(SETTLED_KEY)]);
  },
};

/** `ask` begins what must not be answered while the link is away, and must be done afterwards. */
async function askWithoutBackup(
  { cluster, clock, random }: Stage,
  ask: () => Promise<Operation>[],
): Promise<void> {
  const view = await startPair(cluster);
  await settle(cluster, cluster.clerk('witness'), view);
  const { primary, backup } = view;
  // The way back is not needed for anything; alone it would be no partition.
  const away = cluster.install(cut(), random.pick([oneWay, bothWays])(primary, backup));
  const asked = ask().map(meanwhile);
  await unansweredUntil(clock.sleep(deathMs(cluster.lab)), asked, {
    why: `A client was answered while ${primary} could not reach ${backup}, the backup of its view, which therefore cannot have accepted what was asked.`,
    stillHolds: async () => (await cluster.view()).viewnum === view.viewnum,
  });
  away.heal();
  await Promise.all(asked);
}
