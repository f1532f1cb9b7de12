/** While the primary cannot be reached its clerk tries again and again, but not as fast as it can. */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { dropRequest } from '../../faults/drop-request.js';
import { oneWay } from '../../faults/fault.js';
import { faultBit } from '../stage/exercise.js';
import { expectAtMost } from '../stage/expectation.js';
import type { Scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

/** How long the clerk is cut off, in ping intervals. */
const OUTAGE_INTERVALS = 6;

/** One attempt and one question to the view service would be two. */
const CALLS_PER_INTERVAL = 10;

export const pacedRetries: Scenario = {
  id: 'paced-retries',
  title: 'A clerk that cannot reach the primary pauses between its retries',
  part: 'B',
  source: 'kv-paced-retries',
  requires: ['get', 'put'],
  points: 2,
  deadlineMs: 30_000,
  checkers: [linearizability, deadlines],
  async run({ cluster, clock }) {
    const { primary } = await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.put('k', token(clerk, 1));
    const { pingIntervalMs } = cluster.lab;
    const calls = () => cluster.traffic((from) => from === clerk.name).calls;
    const cutOff = cluster.install(dropRequest(), oneWay(clerk.name, primary));
    const [startMs, before] = [clock.now(), calls()];
    const written = clerk.put('k', token(clerk, 2));
    await Promise.race([written, clock.sleep(OUTAGE_INTERVALS * pingIntervalMs)]);
    const [made, intervals] = [calls() - before, (clock.now() - startMs) / pingIntervalMs];
    cutOff.heal();
    await written;
    expectAtMost(
      20 + CALLS_PER_INTERVAL * intervals,
      made,
      `calls of the clerk in ${Math.round(intervals)} ping intervals, while its requests were lost`,
      'a clerk sleeps for a ping interval before it tries again.',
    );
    await clerk.get('k');
  },
  unexercised: faultBit('drop-request'),
};
