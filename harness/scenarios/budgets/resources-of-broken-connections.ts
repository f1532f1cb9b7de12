/**
 * Connections of every kind break in every way, from clerks and servers to servers and to the view service. When
 * all is well again, no process holds anything of a broken one. If processes wait without time-outs, as the
 * lab's calls do, this scenario ignores what they hold meanwhile.
 */

import { VIEW_SERVICE, type Clerk, type Cluster } from '../../cluster/cluster.js';
import type { Fault, InstalledFault, LinkSelector } from '../../faults/fault.js';
import { dropReply } from '../../faults/drop-reply.js';
import { dropRequest } from '../../faults/drop-request.js';
import { hang } from '../../faults/hang.js';
import { resetMidCall } from '../../faults/reset-mid-call.js';
import { truncateReply } from '../../faults/truncate-reply.js';
import { effects } from '../stage/exercise.js';
import { scenario, type Facts } from '../stage/scenario.js';
import { settle, settleAnew, startPair } from '../stage/setting.js';
import { concurrently, meanwhile, startClerks, token } from '../stage/workload.js';
import { expectNone, heldAfterwards } from './growth.js';
import { createMeter } from './resource-readings.js';

const CLERKS = 3;

const WARM_UP_PER_CLERK = 40;

/** Each process has so many of its own calls broken at least, and all together more. */
const BROKEN_PER_CALLER = 40;
const BROKEN = 150;

/** More of anything than this is held for broken connections; less may be a pool that has grown. */
const ALLOWED = 20;

/** With these, a caller that tries again once a ping interval loses most of its calls. */
const ON_SERVERS: readonly (readonly [Fault, number])[] = [
  [dropRequest(), 0.25],
  [dropReply('late'), 0.3],
  [truncateReply(), 0.3],
  [resetMidCall(), 0.3],
];

/** A server whose pings do not arrive is dead, so here it is mostly the answers that are lost. */
const ON_VIEW_SERVICE: readonly (readonly [Fault, number])[] = [
  [dropRequest(), 0.1],
  [resetMidCall(), 0.1],
  [dropReply('late'), 0.45],
  [truncateReply(), 0.45],
];

/** How long connections break at once, and how long they are half-open after that, in ping intervals. */
const BREAKING_INTERVALS = 8;
const HALF_OPEN_INTERVALS = 2;

/** Rounds of both, after which a run has broken what it could. */
const MOST_ROUNDS = 12;

/** All that a run may break, with the operations that wait for it, in ms. */
const DEADLINE_MS = 40_000;

export const resourcesOfBrokenConnections = scenario({
  id: 'resources-of-broken-connections',
  readsProcesses: true,
  title: 'Every process closes its broken connections',
  source: 'kv-resources',
  // The hand-out has no budget of resources.
  tier: 'beyond',
  points: 2,
  deadlineMs: 90_000,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const [clerk] = clerks;
    await settle(cluster, clerk, view);
    await concurrently(clerks, WARM_UP_PER_CLERK, (each, n) => each.put(each.name, token(each, n)));
    // Callers first: a connection that its caller does not close stays open for its callee, too.
    const callers = [...clerks.map(({ name }) => name), view.primary, view.backup];
    const meter = createMeter(cluster, [...callers, VIEW_SERVICE], view.primary);
    await meter.read(0);

    const broken = new Map(callers.map((name) => [name, 0]));
    const all = () => [...broken.values()].reduce((sum, each) => sum + each, 0);
    const enough = () =>
      all() >= BROKEN && [...broken.values()].every((each) => each >= BROKEN_PER_CALLER);
    const breakFor = async (intervals: number, install: (caller: string) => InstalledFault[]) => {
      const installed = callers.map((name) => [name, install(name)] as const);
      await clock.sleep(intervals * cluster.lab.pingIntervalMs);
      for (const [name, faults] of installed) {
        for (const fault of faults) {
          fault.heal();
          broken.set(name, (broken.get(name) ?? 0) + fault.hits);
        }
      }
    };
    let isOver = false;
    const work = meanwhile(Promise.all(clerks.map((each) => putUntil(each, () => isOver))));
    for (let round = 0; round < MOST_ROUNDS && !enough(); round++) {
      await breakFor(BREAKING_INTERVALS, (caller) => [
        ...installAll(cluster, ON_SERVERS, (from, to) => from === caller && to !== VIEW_SERVICE),
        ...installAll(
          cluster,
          ON_VIEW_SERVICE,
          (from, to) => from === caller && to === VIEW_SERVICE,
        ),
      ]);
      await breakFor(HALF_OPEN_INTERVALS, (caller) => [
        cluster.install(hang(), (from) => from === caller),
      ]);
    }
    isOver = true;
    await work;
    const calm = await settleAnew(cluster, clerk, DEADLINE_MS);
    await cluster.waitForPings(calm.primary, 3);
    await meter.read(all());
    expectNone(
      heldAfterwards(meter.tracks(), ALLOWED),
      `${all()} connections were broken, and everything that belongs to them must be given back.`,
    );
    for (const each of clerks) await clerk.get(each.name);
  },
  unexercised({ timeline }: Facts) {
    const broken = effects(timeline);
    const names = ['drop-request', 'drop-reply', 'truncate-reply', 'reset-mid-call', 'hang'];
    const rare = names.find((name) => broken.filter(({ fault }) => fault === name).length < 3);
    if (rare !== undefined) return `The planned fault ${rare} took effect fewer than 3 times.`;
    const callers = new Map<string, number>();
    for (const { from } of broken) callers.set(from, (callers.get(from) ?? 0) + 1);
    const few = [...callers].find(([, times]) => times < BROKEN_PER_CALLER);
    if (few !== undefined) {
      return `${few[1]} connections of ${few[0]} were broken (needed: ${BROKEN_PER_CALLER}).`;
    }
    if (broken.length >= BROKEN) return undefined;
    return `${broken.length} connections were broken in this run (needed: ${BROKEN}).`;
  },
});

function installAll(
  cluster: Cluster,
  faults: readonly (readonly [Fault, number])[],
  links: LinkSelector,
): InstalledFault[] {
  return faults.map(([fault, probability]) => cluster.install(fault, { links, probability }));
}

async function putUntil(clerk: Clerk, isOver: () => boolean): Promise<void> {
  for (let n = WARM_UP_PER_CLERK; !isOver(); n++) {
    await clerk.put(clerk.name, token(clerk, n), { deadlineMs: DEADLINE_MS });
  }
}
