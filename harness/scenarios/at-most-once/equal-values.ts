/**
 * The same update made twice is two updates: by one client in a row, by two in turn, and with another
 * between them. Only the id of a request tells a retry from a repetition; its contents do not.
 */

import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { modify, MODIFYING } from '../stage/workload.js';

export const equalValues = scenario({
  id: 'equal-values',
  title: 'The same update made twice is done twice',
  source: 'kv-at-most-once',
  tier: 'implied',
  requires: ['get', 'put', MODIFYING],
  points: 5,
  async run({ cluster }) {
    await startPrimary(cluster);
    const [one, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    for (const clerk of [one, one, other, one, other, other]) {
      await modify(cluster, clerk, 'k', 'same');
      await clerk.get('k');
    }
    // A put that was overwritten has gone: if a client repeats it, it must be done again.
    await one.put('k', 'first');
    await other.put('k', 'second');
    await one.put('k', 'first');
    await other.get('k');
    await one.put('k', 'second');
    await one.put('k', 'first');
    await other.get('k');
  },
});
