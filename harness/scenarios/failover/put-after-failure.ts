/**
 * A server is killed, and a client writes at once, before any process can have noticed: the operation must
 * complete, and a third server must take the empty place.
 */

import type { View } from '../../history/timeline.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { settle, startTrio } from '../stage/setting.js';
import { readAll } from '../stage/workload.js';

export const putAfterBackupFailure = scenario({
  id: 'put-after-backup-failure',
  title: 'Put right after the backup has died',
  source: 'kv-forwarding',
  tier: 'asked',
  stockTest: 'TestFailPut',
  points: 10,
  run: (stage) => putAfterFailureOf('backup', stage),
});

export const putAfterPrimaryFailure = scenario({
  id: 'put-after-primary-failure',
  title: 'Put right after the primary has died',
  source: 'kv-clerk-retries',
  tier: 'asked',
  stockTest: 'TestFailPut',
  points: 10,
  run: (stage) => putAfterFailureOf('primary', stage),
});

async function putAfterFailureOf(role: 'primary' | 'backup', stage: Stage): Promise<void> {
  const { cluster } = stage;
  const view = await startTrio(cluster);
  const clerk = cluster.clerk('c1');
  await settle(cluster, clerk, view);
  for (const key of ['a', 'b', 'c']) await clerk.put(key, `${key}1`);
  await Promise.all([cluster.kill(view[role]), clerk.put('a', 'a2')]);
  await clerk.get('a');
  await cluster.waitForView('the third server to take the empty place', isRefilled(view, role));
  await clerk.put('b', 'b2');
  await readAll(clerk, ['a', 'b', 'c']);
}

function isRefilled(before: View, role: 'primary' | 'backup') {
  const survivor = role === 'primary' ? before.backup : before.primary;
  return ({ primary, backup }: View) =>
    primary === survivor && backup !== '' && backup !== before[role];
}
