/**
 * The first request of a client is lost. Its operation returns when a retry of it is done, not before:
 * as soon as it has returned, another client must see it.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { dropRequest } from '../../faults/drop-request.js';
import { oneWay } from '../../faults/fault.js';
import { faultBit } from '../stage/exercise.js';
import type { Scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

export const acknowledgedMeansDone: Scenario = {
  id: 'acknowledged-means-done',
  title: 'An operation whose request was lost returns when it is done, not before',
  part: 'B',
  source: 'kv-clerk-retries',
  requires: ['get', 'put'],
  points: 5,
  deadlineMs: 30_000,
  checkers: [linearizability, deadlines],
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
};
