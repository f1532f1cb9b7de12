/** Many servers ping at the same moment, from the very first view on. Their handlers must not meet in it. */

import { isSameView } from '../../history/view-lane.js';
import type { View } from '../../history/timeline.js';
import { highestView } from '../stage/exercise.js';
import type { Scenario, Stage } from '../stage/scenario.js';
import { expectView, NO_VIEW, overdue } from './expectations.js';
import { PART_A } from './part-a.js';
import { watchTurns } from './turns.js';

const SERVERS = ['pb1', 'pb2', 'pb3', 'pb4', 'pb5', 'pb6', 'pb7', 'pb8'];

/** Waves in which nothing may change any more. */
const STILL_WAVES = 3;

export const viewConcurrentPings: Scenario = {
  ...PART_A,
  id: 'view-concurrent-pings',
  title: 'Many servers ping at once: one becomes primary, one backup, and that is that',
  source: 'view-stable',
  points: 10,
  async run(stage) {
    const wave = await startWaves(stage);
    const view = await agreement(wave, 3 * stage.cluster.lab.deadPings);
    for (let n = 0; n < STILL_WAVES; n++) {
      for (const told of await wave()) expectView(told, view, 'while all servers were pinging');
    }
  },
  unexercised: highestView(1),
};

/** Starts the clients; each call makes all of them ping at once, and gives what they were told. */
async function startWaves({ cluster, clock }: Stage): Promise<() => Promise<View[]>> {
  await cluster.startView();
  const clerks = SERVERS.map((name) => cluster.viewClerk(name));
  for (const clerk of clerks) await clerk.view();
  const turns = watchTurns(clock, cluster.lab);
  let numbers = clerks.map(() => 0);
  let nextMs = clock.now();
  return async () => {
    await clock.sleep(Math.max(0, nextMs - clock.now()));
    nextMs = clock.now() + cluster.lab.pingIntervalMs;
    const views = await Promise.all(
      clerks.map((clerk, n) => turns.take(clerk.name, () => clerk.ping(numbers[n] ?? 0))),
    );
    numbers = views.map(({ viewnum }) => viewnum);
    return views;
  };
}

/** Goes on until all are told one view with a primary and a backup. */
async function agreement(wave: () => Promise<View[]>, patience: number): Promise<View> {
  let told: View[] = [];
  for (let n = 0; n < patience; n++) {
    told = await wave();
    const view = agreed(told);
    if (view !== undefined) return view;
  }
  const wanted = `one view with a primary and a backup for all servers, within ${patience} waves of pings`;
  throw overdue(wanted, told.at(-1) ?? NO_VIEW);
}

/** The view that all were told, if it has both members. */
function agreed([first, ...rest]: readonly View[]): View | undefined {
  if (first === undefined || first.primary === '' || first.backup === '') return undefined;
  return rest.every((view) => isSameView(view, first)) ? first : undefined;
}
