/** The backup falls silent: it leaves the view, and an idle server that lives takes its place. */

import type { View } from '../../history/timeline.js';
import { viewScenario } from '../stage/scenario.js';
import { expectView } from './expectations.js';
import { formPair, startRounds } from './rounds.js';

export const viewDeadBackupRemoved = viewScenario({
  id: 'view-dead-backup-removed',
  title: 'A dead backup is removed from the view',
  source: 'view-dead',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when a member has fallen silent',
  points: 10,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    await formPair(rounds, first, second);
    const isAlone = ({ primary, backup }: View) => primary === first && backup === '';
    await rounds.until(`${first} alone after ${second} had fallen silent`, isAlone, {
      [first]: 'last told',
    });
  },
});

export const viewDeadBackupReplaced = viewScenario({
  id: 'view-dead-backup-replaced',
  title: 'An idle server that has heard of views takes the place of a dead backup',
  source: 'view-idle',
  // The hand-out's rule on view changes; TestFailPut waits for it.
  tier: 'asked',
  circumstance: 'when a place for an idle server is empty',
  points: 10,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    await formPair(rounds, first, second);
    const idle = { [first]: 'last told', [third]: 'last told' } as const;
    await rounds.round({ ...idle, [second]: 'last told' });
    const isRefilled = ({ primary, backup }: View) => primary === first && backup === third;
    await rounds.until(`${third} in the place of ${second}, which had died`, isRefilled, idle);
  },
});

export const viewDeadIdleNotTaken = viewScenario({
  id: 'view-dead-idle-not-taken',
  title: 'An idle server that has died is not taken as backup',
  source: 'view-members',
  tier: 'implied',
  circumstance: 'when an idle server has died',
  points: 5,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    await formPair(rounds, first, second);
    const pair = { [first]: 'last told', [second]: 'last told' } as const;
    await rounds.round({ ...pair, [third]: 0 });
    // However long the view service takes to find a server dead, it finds the third so before the second.
    for (let n = 0; n < stage.cluster.lab.deadPings; n++) await rounds.round(pair);
    const isWithoutSecond = ({ backup }: View) => backup !== second;
    const living = { [first]: 'last told' } as const;
    const wanted = `${second} out of the view after it had fallen silent`;
    const view = await rounds.until(wanted, isWithoutSecond, living);
    expectView(view, { ...view, backup: '' }, `since ${third} had fallen silent long before`);
  },
});
