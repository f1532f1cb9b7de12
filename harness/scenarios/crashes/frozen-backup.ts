/**
 * The backup freezes in the middle of a forward: its socket stays open but it does not answer. As long as it
 * belongs to the view, nothing may be answered without it; and as the lab's calls have no time-outs, the
 * primary may wait for it. When it has woken up, every operation must complete and no write may be missing.
 */

import { oneWay } from '../../faults/fault.js';
import { strikeMidCall } from '../../faults/strike-mid-call.js';
import type { View } from '../../history/timeline.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { deathMs, unansweredUntil, viewAtMost } from '../stage/silence.js';
import { meanwhile, readAll, token, until } from '../stage/workload.js';

export const frozenBackup = scenario({
  id: 'frozen-backup',
  title: 'The backup freezes in the middle of a forward, and wakes up',
  source: 'kv-forwarding',
  // The lab does not freeze processes, but its rule on forwarding has no exception for slow ones.
  tier: 'implied',
  points: 15,
  deadlineMs: 40_000,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const [writer, reader] = [cluster.clerk('writer'), cluster.clerk('reader')];
    await settle(cluster, reader, view);
    await writer.put('before', token(writer, 1));
    const { primary, backup } = view;
    const struck = token(writer, 2);
    // The call that carries the value is the first that the backup could learn it from.
    const strike = cluster.install(
      strikeMidCall('frozen', { freeze: () => cluster.pause(backup), kill: () => {} }),
      { links: oneWay(primary, backup), carrying: struck, kth: 1 },
    );
    const put = meanwhile(writer.put('struck', struck));
    await Promise.race([put, until(clock, () => strike.hits > 0)]);
    if (strike.hits === 0) return;
    const get = meanwhile(reader.get('before'));
    const isGone = (now: View) => now.backup !== backup;
    const gone = viewAtMost({ cluster, clock }, 2 * deathMs(cluster.lab), isGone);
    await unansweredUntil(gone, [put, get], {
      why: `A client was answered while ${backup}, the backup of the view, was frozen and cannot have accepted the request.`,
      stillHolds: async () => !isGone(await cluster.view()),
    });
    strike.heal();
    cluster.resume(backup);
    await Promise.all([put, get]);
    await failOver(cluster, await settleAnew(cluster, reader));
    await readAll(reader, ['before', 'struck', SETTLED_KEY]);
  },
  mustTakeEffect: 'strike-mid-call',
});
