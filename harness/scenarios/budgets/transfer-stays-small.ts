/**
 * After many updates of a few small keys by a few clients a backup joins, and is sent what the primary
 * keeps: the values that are there, and for each client what its retries need; not every value that
 * ever was, and not every request. Bytes on the link are exact where the memory of a process is not; and
 * only the largest connection counts, because a small transfer may be tried often before its backup takes it.
 */

import { oneWay } from '../../faults/fault.js';
import { expectAtMost } from '../stage/expectation.js';
import { scenario } from '../stage/scenario.js';
import { formed, settle, startPrimary } from '../stage/setting.js';
import { concurrently, startClerks, token } from '../stage/workload.js';

const CLERKS = 3;
const UPDATES_PER_CLERK = 120;

/** The necessary transfer is a few hundred bytes; 360 ids of requests take more than this, however packed. */
const BOUND_BYTES = 3 * 1024;

export const transferStaysSmall = scenario({
  id: 'transfer-stays-small',
  title: 'The transfer to a new backup does not grow with the number of updates',
  version: 2,
  source: 'kv-memory',
  // The hand-out has no budget of memory.
  tier: 'beyond',
  points: 2,
  deadlineMs: 60_000,
  async run({ cluster }) {
    const { primary } = await startPrimary(cluster);
    const clerks = startClerks(cluster, CLERKS);
    await concurrently(clerks, UPDATES_PER_CLERK, (clerk, n) =>
      clerk.put(clerk.name, token(clerk, n)),
    );
    await cluster.startServer('pb2');
    const view = await formed(cluster);
    const [clerk] = clerks;
    await settle(cluster, clerk, view);
    expectAtMost(
      BOUND_BYTES,
      cluster.traffic(oneWay(primary, view.backup)).largestBytes,
      `bytes sent at once to a new backup after ${CLERKS * UPDATES_PER_CLERK} updates of ${CLERKS} small keys`,
      'a server needs only one value for each key and the last update of each client.',
    );
    await clerk.get(clerk.name);
  },
});
