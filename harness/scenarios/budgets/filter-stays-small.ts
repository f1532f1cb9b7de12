/**
 * After many updates of a few small keys by a few clients a backup joins, and is sent the database with
 * the duplicate filter: which remembers the clients, and not every request that they ever made. Bytes
 * on the link are exact where the memory of a process is not.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { oneWay } from '../../faults/fault.js';
import { expectAtMost } from '../stage/expectation.js';
import type { Scenario } from '../stage/scenario.js';
import { formed, settle, startPrimary } from '../stage/setting.js';
import { concurrently, startClerks, token } from '../stage/workload.js';

const CLERKS = 3;
const UPDATES_PER_CLERK = 300;

/** The database is a few hundred bytes; 900 names of requests take more than this, however packed. */
const BOUND_BYTES = 8 * 1024;

export const filterStaysSmall: Scenario = {
  id: 'filter-stays-small',
  title: 'What a server remembers for retries does not grow with every update',
  part: 'B',
  source: 'kv-memory',
  requires: ['get', 'put'],
  points: 2,
  deadlineMs: 60_000,
  checkers: [linearizability, deadlines],
  async run({ cluster }) {
    const { primary } = await startPrimary(cluster);
    const clerks = startClerks(cluster, CLERKS);
    await concurrently(clerks, UPDATES_PER_CLERK, (clerk, n) =>
      clerk.put(clerk.name, token(clerk, n)),
    );
    await cluster.startServer('pb2');
    const view = await formed(cluster);
    const [clerk] = clerks;
    if (clerk === undefined) throw new Error('the scenario has clerks');
    await settle(cluster, clerk, view);
    expectAtMost(
      BOUND_BYTES,
      cluster.traffic(oneWay(primary, view.backup)).bytes,
      `bytes sent to a new backup after ${CLERKS * UPDATES_PER_CLERK} updates of ${CLERKS} small keys`,
      'of each client a server need remember only its last update.',
    );
    await clerk.get(clerk.name);
  },
};
