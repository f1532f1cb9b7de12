/**
 * A second failure while the transfer is under way. If the new backup dies and comes back without its
 * memory, it must get everything again. If the primary dies, the data is gone with it, and the backup,
 * which has nothing, must stay silent.
 */

import { DEADLINE_WITH_START_MS } from '../../cluster/cluster.js';
import { bothWays } from '../../faults/fault.js';
import { hang } from '../../faults/hang.js';
import { strikeMidCall } from '../../faults/strike-mid-call.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settleAnew } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { meanwhile, readAll, token, untilEffect } from '../stage/workload.js';
import { JOINER, QUICK_PINGS, storeAlone } from './stored.js';

/** Where in the transfer the backup may die. */
const DEATHS = ['unread', 'before-execution', 'after-execution', 'inside-reply'] as const;

/** How long every server must stay silent, in ms, or three times the time to a death if that is longer. */
const SILENCE_MS = 1500;

export const backupDiesDuringTransfer = scenario({
  id: 'backup-dies-during-transfer',
  title: 'The new backup dies during its transfer, and comes back empty',
  source: 'kv-transfer',
  tier: 'implied',
  circumstance: 'when a transfer fails or takes long',
  points: 10,
  deadlineMs: 40_000,
  async run({ cluster, clock, random }) {
    const [clerk, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    const { keys, firstTransfer } = await storeAlone(cluster, clerk);
    let dead: Promise<void> | undefined;
    const strike = cluster.install(
      strikeMidCall(random.pick(DEATHS), {
        freeze: () => cluster.pause(JOINER),
        kill() {
          dead = cluster.kill(JOINER);
        },
      }),
      firstTransfer,
    );
    await cluster.startServer(JOINER);
    await untilEffect(clock, strike);
    if (strike.hits === 0) return;
    const written = meanwhile(
      other.put('during', token(other, 1), { deadlineMs: DEADLINE_WITH_START_MS }),
    );
    await dead;
    // Until it is back nothing need move: the view that names it may not have been acknowledged.
    await cluster.restart(JOINER);
    const view = await settleAnew(cluster, clerk);
    await written;
    await failOver(cluster, view);
    await readAll(clerk, [...keys, 'during', SETTLED_KEY]);
  },
  mustTakeEffect: 'strike-mid-call',
});

export const primaryDiesDuringTransfer = scenario({
  id: 'primary-dies-during-transfer',
  title: 'The primary dies before its new backup has the data, and no server may serve without it',
  source: 'kv-survival',
  tier: 'implied',
  circumstance: 'when a transfer fails or takes long',
  points: 10,
  async run({ cluster, clock }) {
    const clerk = cluster.clerk('c1');
    const { primary, keys } = await storeAlone(cluster, clerk);
    const silenced = cluster.install(hang(), bothWays(primary, JOINER));
    await cluster.startServer(JOINER);
    await untilEffect(clock, silenced);
    await clock.sleep(QUICK_PINGS * cluster.lab.pingIntervalMs);
    await cluster.kill(primary);
    const [key = ''] = keys;
    // Whatever it is answered with is for the checker: the data has died.
    const deadlineMs = Math.max(SILENCE_MS, 3 * deathMs(cluster.lab));
    await clerk.get(key, { mayHang: true, deadlineMs });
  },
  mustTakeEffect: 'hang',
});
