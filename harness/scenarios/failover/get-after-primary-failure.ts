/**
 * The primary is killed, and two clients read at once, before any process can have noticed: one that knows
 * the old primary, and one that knows no server. Reads wait for the new primary like any other operation,
 * and find everything there.
 */

import { scenario } from '../stage/scenario.js';
import { SETTLED_KEY, settle, startPair } from '../stage/setting.js';
import { modify, readAll, token } from '../stage/workload.js';

export const getAfterPrimaryFailure = scenario({
  id: 'get-after-primary-failure',
  title: 'Get right after the primary has died',
  source: 'kv-clerk-retries',
  // TestFailPut puts and gets right after the primary has died.
  tier: 'asked',
  points: 10,
  async run({ cluster }) {
    const view = await startPair(cluster);
    const [writer, newcomer] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, writer, view);
    const keys = ['a', 'b', 'c'];
    for (const [n, key] of keys.entries()) await writer.put(key, token(writer, n));
    await modify(cluster, writer, 'a', token(writer, 10));
    await cluster.kill(view.primary);
    const everything = [...keys, SETTLED_KEY];
    await Promise.all([readAll(writer, everything), readAll(newcomer, everything)]);
  },
});
