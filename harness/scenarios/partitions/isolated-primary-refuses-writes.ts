/**
 * The primary is cut off from all but some clients, and deposed. They go on writing to it; but no server
 * else will ever see what it accepts now, so it must accept nothing. When the partition is over they
 * are done once, at the new primary.
 */

import { bothWays } from '../../faults/fault.js';
import { banOfDeposed, depose, leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import { scenario } from '../stage/scenario.js';
import { SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { atMost, deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, modify, readAll, startClerks, token } from '../stage/workload.js';

/** After so many refused calls it is known what the isolated primary answers. */
const CALLS = 6;

export const isolatedPrimaryRefusesWrites = scenario({
  id: 'isolated-primary-refuses-writes',
  title: 'A primary that is cut off from everybody but clients accepts no writes',
  source: 'kv-forwarding',
  tier: 'implied',
  circumstance: 'when a deposed primary is asked',
  points: 15,
  deadlineMs: 40_000,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster);
    const [first, second] = clerks;
    await settle(cluster, first, view);
    const partition = await depose(cluster, view, bothWays(view.primary, view.backup));
    const witness = cluster.clerk('witness');
    await witness.put('kept', token(witness, 1));
    const astray = leadAstray(cluster, clerks, view.primary);
    const asked = [
      meanwhile(first.put('put', token(first, 1))),
      meanwhile(modify(cluster, second, 'modified', token(second, 1))),
    ];
    const why = `A client whose calls reached ${view.primary} was told that its write is done, but ${view.primary} was deposed and could reach no other server.`;
    await unansweredUntil(
      atMost(clock, deathMs(cluster.lab), () => astray.hits >= CALLS),
      asked,
      banOfDeposed(cluster, view.primary, why),
    );
    astray.heal();
    // Until it learns that it is deposed, the old primary may keep its clients waiting.
    partition.heal();
    await Promise.all(asked);
    await settleAnew(cluster, witness);
    await readAll(witness, ['kept', 'put', 'modified', SETTLED_KEY]);
  },
  unexercised: wasMisdirected,
});
