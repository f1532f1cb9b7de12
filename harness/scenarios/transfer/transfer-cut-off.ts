/**
 * The transfer to a new backup breaks off in the middle. A backup that has got part of it, or nothing,
 * must get all of it before the primary counts on it: else the data dies with the primary.
 */

import { truncateRequest } from '../../faults/truncate-request.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settleAnew } from '../stage/setting.js';
import { readAll } from '../stage/workload.js';
import { JOINER, storeAlone } from './stored.js';

/** Shares of the transfer after which it may break off. */
const FRACTIONS = [0.1, 0.5, 0.95];

export const transferCutOff = scenario({
  id: 'transfer-cut-off',
  title: 'The transfer to a new backup breaks off in the middle',
  source: 'kv-transfer',
  tier: 'implied',
  circumstance: 'when a transfer fails or takes long',
  points: 10,
  async run({ cluster, random }) {
    const clerk = cluster.clerk('c1');
    const { keys, firstTransfer } = await storeAlone(cluster, clerk);
    cluster.install(truncateRequest(random.pick(FRACTIONS)), firstTransfer);
    await cluster.startServer(JOINER);
    const view = await settleAnew(cluster, clerk);
    await failOver(cluster, view);
    await readAll(clerk, [...keys, SETTLED_KEY]);
  },
  mustTakeEffect: 'truncate-request',
});
