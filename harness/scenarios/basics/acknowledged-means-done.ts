/**
 * The first request of a client is lost. Its operation returns when a retry of it is done, not before:
 * as soon as it has returned, another client must see it.
 */

import { dropRequest } from '../../faults/drop-request.js';
import { oneWay } from '../../faults/fault.js';
import { faultBit } from '../stage/exercise.js';
import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

export const acknowledgedMeansDone = scenario({
  id: 'acknowledged-means-done',
  title: 'An operation whose request was lost returns when it is done, not before',
  source: 'kv-clerk-retries',
  // The hand-out: a clerk's call returns only when it is done.
  tier: 'asked',
  points: 5,
  async run({ cluster }) {
    const { primary } = await startPrimary(cluster);
    const [writer, reader] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await reader.put('k', token(reader, 1));
    cluster.install(dropRequest(), { links: oneWay(writer.name, primary), kth: 1 });
    await writer.put('k', token(writer, 1));
    await reader.get('k');
    cluster.install(dropRequest(), { links: oneWay(reader.name, primary), kth: 1 });
    await reader.get('k');
  },
  unexercised: faultBit('drop-request', 2),
});
