/** One server on an unreliable network: every append takes effect exactly once, in order. */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { unreliable } from '../../faults/unreliable.js';
import { faultBit } from '../stage/exercise.js';
import type { Scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

const APPENDS = 30;

export const atMostOnceAppend: Scenario = {
  id: 'at-most-once-append',
  title: 'Appends take effect once although requests and replies are lost',
  part: 'B',
  source: 'kv-at-most-once',
  requires: ['get', 'append'],
  points: 10,
  deadlineMs: 60_000,
  checkers: [appendIntegrity, linearizability, deadlines],
  async run({ cluster }) {
    await startPrimary(cluster);
    cluster.install(unreliable(), cluster.serverLinks);
    const clerk = cluster.clerk('c1');
    for (let n = 0; n < APPENDS; n++) await clerk.append('counter', token(clerk, n));
    await clerk.get('counter');
  },
  unexercised: faultBit('drop-reply'),
};
