/**
 * Thousands of operations on a few small keys, and readings in between: what each process holds depends on the
 * keys, the clients and the calls under way, so it must not grow with the operations. A submission that leaks
 * passes every other scenario, because those are over before it has run out of anything.
 */

import { VIEW_SERVICE, type Clerk, type Cluster } from '../../cluster/cluster.js';
import type { Operation } from '../../history/operation.js';
import { scenario, type Facts } from '../stage/scenario.js';
import { settle, startPair } from '../stage/setting.js';
import { concurrently, startClerks, token } from '../stage/workload.js';
import { expectNone, growthWithOperations } from './growth.js';
import { createMeter } from './resource-readings.js';

const CLERKS = 4;

/** Before the first reading: pools fill up, and programs are compiled while they run. */
const WARM_UP_PER_CLERK = 50;

/** Between two readings. */
const STEPS_PER_CLERK = 75;

const STRETCHES = 5;

const KEYS = 10;

export const resourcesOfOperations = scenario({
  id: 'resources-of-operations',
  readsProcesses: true,
  title: 'Descriptors, threads and memory do not grow with the number of operations',
  source: 'kv-resources',
  // The hand-out has no budget of resources.
  tier: 'beyond',
  points: 2,
  runShare: 0.25,
  deadlineMs: 90_000,
  async run({ cluster }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const [clerk] = clerks;
    await settle(cluster, clerk, view);
    // Callers first: a connection that its caller does not close stays open for its callee, too.
    const callers = [...clerks.map(({ name }) => name), view.primary, view.backup];
    const meter = createMeter(cluster, [...callers, VIEW_SERVICE], view.primary);
    let [first, done] = [0, 0];
    const work = async (perClerk: number) => {
      await concurrently(clerks, perClerk, (each, n) => step(cluster, each, first + n));
      first += perClerk;
      done += perClerk * CLERKS;
      await meter.read(done);
    };
    await work(WARM_UP_PER_CLERK);
    const why = 'the resources of a process must not grow with the number of operations.';
    for (let stretch = 1; stretch <= STRETCHES; stretch++) {
      await work(STEPS_PER_CLERK);
      expectNone(growthWithOperations(meter.tracks(), stretch < STRETCHES), why);
    }
  },
  unexercised({ history }: Facts) {
    const needed = CLERKS * (WARM_UP_PER_CLERK + STRETCHES * STEPS_PER_CLERK);
    const done = history.filter(({ outcome }) => outcome === 'ok').length;
    if (done >= needed) return undefined;
    return `${done} operations were done in this run, and ${needed} are needed.`;
  },
});

/** Two of four steps are puts, so that appended text is overwritten. */
function step({ lab }: Cluster, clerk: Clerk, n: number): Promise<Operation> {
  const key = `k${n % KEYS}`;
  if (n % 4 === 1) return clerk.get(key);
  const appends = n % 4 === 3 && lab.operations.includes('append');
  return appends ? clerk.append(key, token(clerk, n)) : clerk.put(key, token(clerk, n));
}
