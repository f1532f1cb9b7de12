/** Many servers ping at the same moment, from the very first view on. Their handlers must not interfere. */

import { isSameView } from '../../history/view-lane.js';
import type { View } from '../../history/timeline.js';
import { highestView } from '../stage/exercise.js';
import { viewScenario, type Stage } from '../stage/scenario.js';
import { expectView, NO_VIEW, overdue } from './expectations.js';
import { watchTurns } from './kit-in-time.js';

const SERVERS = ['pb1', 'pb2', 'pb3', 'pb4', 'pb5', 'pb6', 'pb7', 'pb8'];

/** Waves in which nothing may change any more. */
const STILL_WAVES = 3;

/** How often each server pings at once in those waves, as if the network had made copies. */
const COPIES = 5;

export const viewConcurrentPings = viewScenario({
  id: 'view-concurrent-pings',
  title: 'Many servers ping at once: one becomes primary, one backup, and the view stays',
  source: 'view-stable',
  tier: 'implied',
  circumstance: 'while all servers live',
  points: 10,
  async run(stage) {
    const wave = await startWaves(stage);
    const view = await agreement(wave, 3 * stage.cluster.lab.deadPings);
    for (let n = 0; n < STILL_WAVES; n++) {
      const views = await wave(COPIES);
      for (const reported of views) expectView(reported, view, 'while all servers were pinging');
    }
  },
  unexercised: highestView(1),
});

/** All servers ping at once, each so many times; what they were told. */
type Wave = (copies: number) => Promise<View[]>;

async function startWaves({ cluster, clock }: Stage): Promise<Wave> {
  await cluster.startView();
  const clerks = SERVERS.map((name) => cluster.viewClerk(name));
  for (const clerk of clerks) await clerk.view();
  const turns = watchTurns(clock, cluster.lab);
  const numbers = new Map<string, number>();
  let nextMs = clock.now();
  return async (copies) => {
    await clock.sleep(Math.max(0, nextMs - clock.now()));
    nextMs = clock.now() + cluster.lab.pingIntervalMs;
    const pings = Array.from({ length: copies }, () => clerks)
      .flat()
      .map(async (clerk) => {
        const viewnum = numbers.get(clerk.name) ?? 0;
        const view = await turns.take(clerk.name, () => clerk.ping(viewnum));
        return { clerk, view };
      });
    const answers = await Promise.all(pings);
    for (const { clerk, view } of answers) numbers.set(clerk.name, view.viewnum);
    return answers.map(({ view }) => view);
  };
}

/** Goes on until all are told one view with a primary and a backup, twice, so that it is acknowledged. */
async function agreement(wave: Wave, patience: number): Promise<View> {
  let before: View | undefined;
  let latest = NO_VIEW;
  for (let n = 0; n < patience; n++) {
    const told = await wave(1);
    const view = agreed(told);
    if (view !== undefined && before !== undefined && isSameView(view, before)) return view;
    before = view;
    latest = told.at(-1) ?? latest;
  }
  const wanted = `one view with a primary and a backup for all servers, within ${patience} waves of pings`;
  throw overdue(wanted, latest);
}

/** The view that all were told, if it has both members. */
function agreed([first, ...rest]: readonly View[]): View | undefined {
  if (first === undefined || first.primary === '' || first.backup === '') return undefined;
  return rest.every((view) => isSameView(view, first)) ? first : undefined;
}
