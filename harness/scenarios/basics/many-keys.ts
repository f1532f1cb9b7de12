/** Hundreds of keys, written by several clients at once: each keeps its own value. */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import type { Scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { concurrently, startClerks, token } from '../stage/workload.js';

const CLERKS = 4;
const KEYS_PER_CLERK = 60;

export const manyKeys: Scenario = {
  id: 'many-keys',
  title: 'Each of 240 keys keeps its own value',
  part: 'B',
  source: 'kv-latest',
  requires: ['get', 'put'],
  points: 5,
  deadlineMs: 60_000,
  checkers: [linearizability, deadlines],
  async run({ cluster }) {
    await startPrimary(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const keyOf = (name: string, n: number) => `${name}/key ${n}`;
    await concurrently(clerks, KEYS_PER_CLERK, (clerk, n) =>
      clerk.put(keyOf(clerk.name, n), token(clerk, n)),
    );
    await concurrently(clerks, KEYS_PER_CLERK, (clerk, n) => clerk.get(keyOf(clerk.name, n)));
  },
};
