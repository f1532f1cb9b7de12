/**
 * A value of a mebibyte goes from its client to the primary, and by a forward to the backup; both must
 * hold every byte of it.
 */

import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { modify, token } from '../stage/workload.js';

const VALUE_BYTES = 1024 * 1024;

export const largeValues = scenario({
  id: 'large-values',
  title: 'A value of 1 MiB keeps every byte',
  source: 'kv-latest',
  // The rule on reads has no limit of size.
  tier: 'implied',
  points: 5,
  deadlineMs: 60_000,
  async run({ cluster }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    await clerk.put('large', longValue(token(clerk, 1)));
    await clerk.get('large');
    await failOver(cluster, view);
    await clerk.get('large');
    await modify(cluster, clerk, 'large', token(clerk, 2));
    await clerk.get('large');
  },
});

/** Numbered pieces, so that no part of it can stand in for another. */
function longValue(start: string): string {
  let value = start;
  for (let n = 0; value.length < VALUE_BYTES; n++) value += ` ${start} ${n}`;
  return value.slice(0, VALUE_BYTES);
}
