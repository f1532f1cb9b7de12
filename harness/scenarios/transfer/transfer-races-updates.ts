/**
 * Clients go on writing while the transfer to a new backup is under way. Every update reaches the backup
 * in the transfer or by forwarding; one that is answered between the two dies with the primary.
 */

import type { Clerk } from '../../cluster/cluster.js';
import { delayRequest } from '../../faults/delay-request.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settleAnew } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import {
  concurrently,
  meanwhile,
  modify,
  readAll,
  startClerks,
  token,
  untilEffect,
} from '../stage/workload.js';
import { JOINER, storeAlone } from './stored.js';

const CLERKS = 2;
const WRITES_PER_CLERK = 6;

/** How long the transfer is held while clients write, as a share of the time after which a silent server is dead. */
const HELD_FOR_DEATHS = 0.7;

export const transferRacesUpdates = scenario({
  id: 'transfer-races-updates',
  title: 'Clients write while the transfer to a new backup is under way',
  source: 'kv-transfer',
  // The hand-out: every update reaches the backup, in the transfer or by forwarding.
  tier: 'asked',
  circumstance: 'when clients write during a transfer',
  points: 15,
  async run({ cluster, clock }) {
    const clerks = startClerks(cluster, CLERKS);
    const witness = cluster.clerk('witness');
    const { keys, firstTransfer } = await storeAlone(cluster, witness);
    const held = cluster.install(
      delayRequest(HELD_FOR_DEATHS * deathMs(cluster.lab)),
      firstTransfer,
    );
    await cluster.startServer(JOINER);
    await untilEffect(clock, held);
    const oldKeyOf = (clerk: Clerk) => keys[clerks.indexOf(clerk)] ?? '';
    const written: string[] = [];
    const write = (clerk: Clerk, n: number) => {
      // Old keys and new ones; never two writes to one, so that nothing hides a loss.
      const key = n === 0 ? oldKeyOf(clerk) : `${clerk.name}-${n}`;
      written.push(key);
      return modify(cluster, clerk, key, token(clerk, n));
    };
    const writing = meanwhile(concurrently(clerks, WRITES_PER_CLERK, write));
    const view = await settleAnew(cluster, witness);
    await writing;
    await failOver(cluster, view);
    await readAll(witness, [...new Set([...keys, ...written])]);
  },
  mustTakeEffect: 'delay-request',
});
