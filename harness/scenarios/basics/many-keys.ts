/**
 * More keys than 128, written by several clients at once: each keeps its own value. A transfer of many more is
 * `transfer-large`.
 */

import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { concurrently, startClerks, token } from '../stage/workload.js';

const CLERKS = 4;
const KEYS_PER_CLERK = 40;

export const manyKeys = scenario({
  id: 'many-keys',
  title: 'Each of 160 keys keeps its own value',
  version: 2,
  source: 'kv-latest',
  tier: 'implied',
  points: 5,
  deadlineMs: 60_000,
  async run({ cluster }) {
    await startPrimary(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const keyOf = (name: string, n: number) => `${name}/key ${n}`;
    await concurrently(clerks, KEYS_PER_CLERK, (clerk, n) =>
      clerk.put(keyOf(clerk.name, n), token(clerk, n)),
    );
    await concurrently(clerks, KEYS_PER_CLERK, (clerk, n) => clerk.get(keyOf(clerk.name, n)));
  },
});
