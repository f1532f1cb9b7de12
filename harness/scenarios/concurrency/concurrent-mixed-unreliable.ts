/** Reads, puts and updates of several clients at once on an unreliable network, across a fail-over. */

import { unreliable } from '../../faults/unreliable.js';
import { callsWereLost } from '../stage/exercise.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { concurrently, MODIFYING, mixedStep, readAll, startClerks } from '../stage/workload.js';

const CLERKS = 4;
const STEPS_PER_CLERK = 12;
const KEYS = ['k0', 'k1'];

export const concurrentMixedUnreliable = scenario({
  id: 'concurrent-mixed-unreliable',
  title: 'Concurrent reads and updates on an unreliable network are linearizable',
  source: 'kv-latest',
  tier: 'implied',
  requires: ['get', 'put', MODIFYING],
  points: 15,
  deadlineMs: 60_000,
  async run(stage) {
    const { cluster, random } = stage;
    cluster.install(unreliable(), cluster.serverLinks);
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const [reader] = clerks;
    await settle(cluster, reader, view);
    await concurrently(clerks, STEPS_PER_CLERK, mixedStep(cluster, KEYS, random));
    await failOver(cluster, view);
    await readAll(reader, KEYS);
  },
  unexercised: callsWereLost,
});
