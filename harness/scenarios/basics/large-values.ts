/**
 * A value of a mebibyte goes from its client to the primary, and by a forward to the backup; both must
 * hold every byte of it.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import type { Scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { modify, readAll, token } from '../stage/workload.js';

const VALUE_BYTES = 1024 * 1024;

const KEYS = ['large', 'grown'];

export const largeValues: Scenario = {
  id: 'large-values',
  title: 'A value of 1 MiB keeps every byte',
  part: 'B',
  source: 'kv-latest',
  requires: ['get', 'put'],
  points: 5,
  deadlineMs: 60_000,
  checkers: [linearizability, deadlines],
  async run({ cluster }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    for (const [n, key] of KEYS.entries()) await clerk.put(key, longValue(token(clerk, n)));
    await modify(cluster, clerk, 'grown', token(clerk, 3));
    await readAll(clerk, KEYS);
    await failOver(cluster, view);
    await readAll(clerk, KEYS);
  },
};

/** Numbered pieces, so that no part of it can stand in for another. */
function longValue(start: string): string {
  let value = start;
  for (let n = 0; value.length < VALUE_BYTES; n++) value += ` ${start} ${n}`;
  return value.slice(0, VALUE_BYTES);
}
