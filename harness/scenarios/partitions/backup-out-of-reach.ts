/**
 * Primary and backup cannot reach each other, although both live and ping: the view stays as it is. Nothing
 * may be answered, no read either, because the backup has not accepted it. Before that the link is away in
 * one direction only; that may or may not hold the service up. Afterwards every operation must complete.
 */

import { bothWays, oneWay } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import type { Operation } from '../../history/operation.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, modify, readAll, token } from '../stage/workload.js';

/** For so many ping intervals the link is away in one direction. */
const ONE_WAY_INTERVALS = 2;

export const writesNeedTheBackup = scenario({
  id: 'writes-need-the-backup',
  title: 'No write is acknowledged while primary and backup cannot reach each other',
  source: 'kv-forwarding',
  // The hand-out's rule on forwarding, with nothing else going on.
  tier: 'asked',
  circumstance: 'when the forward fails',
  points: 15,
  async run(stage) {
    const { cluster } = stage;
    const [first, second] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await askWithoutBackup(stage, (round) => [
      first.put(`put-${round}`, token(first, round)),
      modify(cluster, second, 'modified', token(second, round)),
    ]);
    await failOver(cluster, await settleAnew(cluster, first));
    await readAll(first, ['put-1', 'put-2', 'modified', SETTLED_KEY]);
  },
  mustTakeEffect: 'cut',
});

export const readsNeedTheBackup = scenario({
  ...writesNeedTheBackup,
  id: 'reads-need-the-backup',
  title: 'No read is answered while primary and backup cannot reach each other',
  // The hand-out asks to forward reads, too.
  tier: 'asked',
  async run(stage) {
    const clerk = stage.cluster.clerk('c1');
    await askWithoutBackup(stage, () => [clerk.get(SETTLED_KEY)]);
  },
});

/** `ask` begins the operations of round 1, while the link is away in one direction, and of round 2. */
async function askWithoutBackup(
  { cluster, clock, random }: Stage,
  ask: (round: number) => Promise<Operation>[],
): Promise<void> {
  const view = await startPair(cluster);
  await settle(cluster, cluster.clerk('witness'), view);
  const { primary, backup } = view;
  const there = random.chance(0.5);
  const half = cluster.install(cut(), there ? oneWay(primary, backup) : oneWay(backup, primary));
  const early = Promise.all(ask(1).map(meanwhile));
  await Promise.race([early, clock.sleep(ONE_WAY_INTERVALS * cluster.lab.pingIntervalMs)]);
  half.heal();
  await early;
  const away = cluster.install(cut(), bothWays(primary, backup));
  const asked = ask(2).map(meanwhile);
  await unansweredUntil(clock.sleep(deathMs(cluster.lab)), asked, {
    why: `A client was answered while ${primary} could not reach ${backup}, the backup of its view, which therefore cannot have accepted the request.`,
    stillHolds: async () => (await cluster.view()).viewnum === view.viewnum,
  });
  away.heal();
  await Promise.all(asked);
}
