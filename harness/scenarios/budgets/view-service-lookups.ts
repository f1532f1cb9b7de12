/**
 * A client makes many updates while nothing else happens; the view service must get few requests beyond
 * the pings. The bound is that of the 2015 tests, with the pings of both servers on top.
 */

import { VIEW_SERVICE } from '../../cluster/cluster.js';
import { oneWay } from '../../faults/fault.js';
import { expectAtMost } from '../stage/expectation.js';
import { scenario } from '../stage/scenario.js';
import { settle, startPair } from '../stage/setting.js';
import { token } from '../stage/workload.js';

const UPDATES = 100;

export const viewServiceLookups = scenario({
  id: 'view-service-lookups',
  title: 'The view service is not asked for every operation',
  source: 'kv-view-cached',
  tier: 'asked',
  stockTest: 'TestBasicFail',
  // The hand-outs ask for a cached view only since 2015, and that year's lab is the one with append.
  requires: ['get', 'put', 'append'],
  points: 5,
  deadlineMs: 60_000,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    // Requests of others, such as the kit itself, do not count.
    const askers = [clerk.name, view.primary, view.backup];
    const questions = () =>
      askers.reduce((sum, name) => sum + cluster.traffic(oneWay(name, VIEW_SERVICE)).calls, 0);
    const [startMs, before] = [clock.now(), questions()];
    for (let n = 0; n < UPDATES; n++) await clerk.put('k', token(clerk, n));
    const intervals = (clock.now() - startMs) / cluster.lab.pingIntervalMs;
    const pings = 2 * intervals;
    expectAtMost(
      20 + 2 * intervals + pings,
      questions() - before,
      `calls to the view service during ${UPDATES} puts, pings included`,
      'a clerk caches the view, and a server learns it from its pings.',
    );
    await clerk.get('k');
  },
});
