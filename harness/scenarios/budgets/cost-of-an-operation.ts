/**
 * The cost of an operation on a quiet network: the calls among clerk and servers, and the bytes that
 * go to the backup. Both bounds are several times what a plain implementation needs.
 */

import { oneWay } from '../../faults/fault.js';
import { expectAtMost } from '../stage/expectation.js';
import { scenario } from '../stage/scenario.js';
import { settle, startPair } from '../stage/setting.js';
import { token } from '../stage/workload.js';

/** A request and a forward would be two. */
const CALLS_PER_OPERATION = 4;

const LARGE_VALUE_BYTES = 256 * 1024;

export const callsPerOperation = scenario({
  id: 'calls-per-operation',
  title: 'An operation takes a few calls on a quiet network',
  source: 'kv-frugal',
  // The hand-out has no budget of calls besides that of the view service.
  tier: 'beyond',
  points: 2,
  deadlineMs: 60_000,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    const calls = () => cluster.traffic(cluster.serverLinks).calls;
    const [startMs, before] = [clock.now(), calls()];
    const updates = 60;
    for (let n = 0; n < updates; n++) await clerk.put('k', token(clerk, n));
    // Servers may also talk to each other from time to time.
    const idle = 2 * ((clock.now() - startMs) / cluster.lab.pingIntervalMs);
    expectAtMost(
      20 + CALLS_PER_OPERATION * updates + idle,
      calls() - before,
      `calls among clerk and servers for ${updates} puts`,
      'a put needs one request and one forward.',
    );
    await clerk.get('k');
  },
});

export const bytesPerOperation = scenario({
  id: 'bytes-per-operation',
  title: 'A small update stays small on its way to the backup, however large the database',
  source: 'kv-frugal',
  // The hand-out of 2015: forward the argument of an Append, not the resulting value.
  tier: 'implied',
  points: 2,
  deadlineMs: 60_000,
  async run({ cluster }) {
    const view = await startPair(cluster);
    const clerk = cluster.clerk('c1');
    await settle(cluster, clerk, view);
    await clerk.put('large', 'x'.repeat(LARGE_VALUE_BYTES));
    const bytes = () => cluster.traffic(oneWay(view.primary, view.backup)).bytes;
    const before = bytes();
    const appends = cluster.lab.operations.includes('append');
    const updates = 20;
    for (let n = 0; n < updates; n++) {
      await clerk.put('small', token(clerk, n));
      if (appends) await clerk.append('large', token(clerk, n));
    }
    expectAtMost(
      LARGE_VALUE_BYTES,
      bytes() - before,
      `bytes sent to the backup for ${updates} small puts${appends ? ' and as many small appends' : ''}`,
      'a forward carries the request of the client, not the whole database or the resulting value.',
    );
    await clerk.get('small');
  },
});
