/** While the primary cannot be reached, or refuses, its clerk tries again and again, but not as fast as it can. */

import type { Clerk } from '../../cluster/cluster.js';
import { dropRequest } from '../../faults/drop-request.js';
import { oneWay, type InstalledFault } from '../../faults/fault.js';
import { leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import { expectAtMost } from '../stage/expectation.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { settle, startPair, startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

/** How long the clerk is cut off, in ping intervals. */
const OUTAGE_INTERVALS = 6;

/** One attempt and one question to the view service would be two. */
const CALLS_PER_INTERVAL = 10;

export const pacedRetries = scenario({
  id: 'paced-retries',
  title: 'A clerk that cannot reach the primary pauses between its retries',
  source: 'kv-paced-retries',
  // The hand-out: a clerk sleeps a ping interval between its retries.
  tier: 'asked',
  points: 2,
  async run({ cluster, clock }) {
    const { primary } = await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.put('k', token(clerk, 1));
    const cutOff = () => cluster.install(dropRequest(), oneWay(clerk.name, primary));
    await expectPauses({ cluster, clock }, clerk, cutOff, 'while its requests were lost');
  },
  mustTakeEffect: 'drop-request',
});

export const pacedRetriesRefused = scenario({
  ...pacedRetries,
  id: 'paced-retries-refused',
  title: 'A clerk that is refused pauses between its retries',
  // The hand-out's sentence again.
  tier: 'asked',
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    await clerk.put('k', token(clerk, 1));
    const misled = () => leadAstray(cluster, [clerk], view.backup);
    await expectPauses({ cluster, clock }, clerk, misled, 'while a backup refused them');
  },
  unexercised: wasMisdirected,
});

/** Writes while nothing can be done, and counts the calls until then. */
async function expectPauses(
  { cluster, clock }: Pick<Stage, 'cluster' | 'clock'>,
  clerk: Clerk,
  hinder: () => InstalledFault,
  meanwhile: string,
): Promise<void> {
  const { pingIntervalMs } = cluster.lab;
  const calls = () => cluster.traffic((from) => from === clerk.name).calls;
  const hindered = hinder();
  const [startMs, before] = [clock.now(), calls()];
  const written = clerk.put('k', token(clerk, 2));
  await Promise.race([written, clock.sleep(OUTAGE_INTERVALS * pingIntervalMs)]);
  const [made, intervals] = [calls() - before, (clock.now() - startMs) / pingIntervalMs];
  hindered.heal();
  await written;
  expectAtMost(
    20 + CALLS_PER_INTERVAL * intervals,
    made,
    `calls of the clerk in ${Math.round(intervals)} ping intervals, ${meanwhile}`,
    'a clerk sleeps for a ping interval before it tries again.',
  );
  await clerk.get('k');
}
