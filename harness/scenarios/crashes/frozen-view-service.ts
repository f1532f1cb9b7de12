/**
 * The view service freezes for longer than it takes to be dead, and wakes up. Meanwhile the service may
 * go on or wait; but no server may make up a view of its own, and afterwards
 * every operation must complete and no write may be missing.
 */

import { VIEW_SERVICE, type Clerk } from '../../cluster/cluster.js';
import { describeOperation } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import { TELLING_PINGS } from '../stage/deposition.js';
import { Unmet } from '../stage/endings.js';
import { scenario, type Facts } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { concurrently, meanwhile, readAll, startClerks, token } from '../stage/workload.js';

const WRITES_PER_CLERK = 3;

export const frozenViewService = scenario({
  id: 'frozen-view-service',
  title: 'The view service freezes, and wakes up',
  source: 'kv-survival',
  // The hand-out takes it for granted that the view service does not fail.
  tier: 'beyond',
  points: 10,
  deadlineMs: 40_000,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster);
    const witness = cluster.clerk('witness');
    await settle(cluster, witness, view);
    for (const clerk of clerks) await clerk.put(clerk.name, token(clerk, 0));
    cluster.pause(VIEW_SERVICE);
    await clock.sleep(1.5 * deathMs(cluster.lab));
    const writing = meanwhile(writeOwnKeys(clerks));
    await Promise.race([writing, clock.sleep(deathMs(cluster.lab) / 2)]);
    cluster.resume(VIEW_SERVICE);
    await cluster.waitForPings(view.primary, TELLING_PINGS);
    // A view service that measures time may rightly have found everybody dead; then only safety is asked.
    if ((await cluster.view()).primary === '') return;
    const written = await writing;
    expectDone(written);
    await failOver(cluster, await settleAnew(cluster, witness));
    const keys = [...clerks.map(({ name }) => name), ...written.map(({ key }) => key)];
    await readAll(witness, [...keys, SETTLED_KEY]);
  },
  unexercised: ({ timeline }: Facts) =>
    timeline.some(({ kind }) => kind === 'paused') ? undefined : 'The view service was not frozen.',
});

/** Each client writes keys of its own; whether that is done in time is asked later, or not at all. */
async function writeOwnKeys(clerks: readonly Clerk[]): Promise<Operation[]> {
  const written: Operation[] = [];
  await concurrently(clerks, WRITES_PER_CLERK, async (clerk, n) => {
    written.push(await clerk.put(`${clerk.name}-${n}`, token(clerk, n + 1), { mayHang: true }));
  });
  return written;
}

function expectDone(written: readonly Operation[]): void {
  const [late] = written.filter(({ outcome }) => outcome !== 'ok');
  if (late === undefined) return;
  throw new Unmet({
    symptom: 'operation-timed-out',
    says: `${describeOperation(late)} was not done, although the view service has woken up and named a primary.`,
    operations: [late],
  });
}
