/**
 * The backup lives and pings, but forwards do not reach it for a while; then the primary dies. A slow
 * forward is not accepted: a primary that stops waiting and answers its client loses the write. The forward
 * arrives in the end, at a server that has become primary and must refuse it.
 */

import { delayRequest } from '../../faults/delay-request.js';
import { oneWay } from '../../faults/fault.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, startPair } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { concurrently, meanwhile, modify, readAll, startClerks, token } from '../stage/workload.js';

const CLERKS = 2;
const WRITES_PER_CLERK = 2;

/** How long the primary waits in vain, as a share of the time after which a silent server is dead. */
const HELD_FOR_DEATHS = 0.9;

/** Longer than the scenario: the forwards are let go by healing. */
const UNTIL_HEALED_MS = 60_000;

export const forwardsHeld = scenario({
  id: 'forwards-held',
  title: 'Forwards are late, and the primary dies before they arrive',
  source: 'kv-forwarding',
  tier: 'implied',
  circumstance: 'when forwards are late',
  points: 10,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const witness = cluster.clerk('witness');
    await settle(cluster, witness, view);
    const links = oneWay(view.primary, view.backup);
    const held = cluster.install(delayRequest(UNTIL_HEALED_MS), links);
    const written: string[] = [];
    const writing = meanwhile(
      concurrently(clerks, WRITES_PER_CLERK, (clerk, n) => {
        const key = `${clerk.name}-${n}`;
        written.push(key);
        return modify(cluster, clerk, key, token(clerk, n));
      }),
    );
    await Promise.race([writing, clock.sleep(HELD_FOR_DEATHS * deathMs(cluster.lab))]);
    await failOver(cluster, view);
    // Once it has answered as primary, and not before, the backup has to refuse what arrives now.
    await witness.get(SETTLED_KEY);
    held.heal();
    await writing;
    await readAll(witness, written);
  },
  mustTakeEffect: 'delay-request',
});
