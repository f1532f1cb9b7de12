/** One server alone: puts, appends and reads in sequence, with a missing key and an empty value. */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import type { Scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';

export const singlePrimary: Scenario = {
  id: 'single-primary',
  title: 'Single primary, no backup',
  part: 'B',
  source: 'kv-latest',
  requires: ['get', 'put', 'append'],
  points: 5,
  deadlineMs: 30_000,
  checkers: [linearizability, deadlines],
  async run({ cluster }) {
    await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.get('missing');
    await clerk.put('a', 'aa');
    await clerk.get('a');
    await clerk.put('b', 'bb');
    await clerk.put('a', 'aaa');
    await clerk.append('a', 'a4');
    await clerk.append('c', 'first');
    await clerk.append('c', 'second');
    await clerk.put('d', '');
    for (const key of ['a', 'b', 'c', 'd']) await clerk.get(key);
  },
};
