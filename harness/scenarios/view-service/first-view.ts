/** Before the first view, and how it is formed: by the first server that pings, whatever it pings with. */

import { viewScenario } from '../stage/scenario.js';
import { expectView, NO_VIEW } from './expectations.js';
import { startFirst, startRounds } from './rounds.js';

/** How often the view is asked for before the first ping. */
const ASKED = 3;

export const viewZero = viewScenario({
  id: 'view-zero',
  title: 'Before the first ping there is view 0, without members',
  source: 'view-numbers',
  // The stock Test1 begins so, and the hand-out names view 0.
  tier: 'asked',
  points: 5,
  async run({ cluster, clock }) {
    await cluster.startView();
    for (let n = 0; n < ASKED; n++) {
      expectView(await cluster.view(), NO_VIEW, 'before the first ping');
      await clock.sleep(cluster.lab.pingIntervalMs);
    }
  },
});

export const viewFirstPrimary = viewScenario({
  id: 'view-first-primary',
  title: 'The first server that pings becomes primary, and all who ask are told so',
  source: 'view-first',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when the first server pings',
  points: 5,
  async run(stage) {
    const { rounds, first } = await startRounds(stage);
    const wanted = { viewnum: 1, primary: first, backup: '' };
    await rounds.reach(wanted, { [first]: 0 }, `after the first ping of ${first}`);
    const view = await stage.cluster.view();
    expectView(view, wanted, 'for a client that asks without pinging');
  },
});

export const viewFirstPrimaryNonzero = viewScenario({
  id: 'view-first-primary-nonzero',
  title: 'The first server becomes primary whatever number it pings with',
  source: 'view-first',
  // The hand-out says "the first server that pings", but a server that has just started pings with 0.
  tier: 'beyond',
  circumstance: 'when the first server pings',
  points: 5,
  async run(stage) {
    const { rounds, first } = await startRounds(stage);
    const viewnum = stage.random.integer(2, 9);
    const wanted = { viewnum: 1, primary: first, backup: '' };
    await rounds.reach(wanted, { [first]: viewnum }, `after a first ping with ${viewnum}`);
  },
});

export const viewFirstBackup = viewScenario({
  id: 'view-first-backup',
  title: 'The second server that pings becomes backup, in a view of its own',
  source: 'view-idle',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when a place for an idle server is empty',
  points: 5,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    await startFirst(rounds, first);
    const wanted = { viewnum: 2, primary: first, backup: second };
    const living = { [first]: 1, [second]: 0 };
    await rounds.reach(wanted, living, `after ${second} had joined ${first}`);
  },
});
