/** A member pings with 0: it has lost its memory, and counts as dead although it never fell silent. */

import type { View } from '../../history/timeline.js';
import { viewScenario } from '../stage/scenario.js';
import { formPair, settle, startRounds } from './rounds.js';

export const viewRestartedBecomesBackup = viewScenario({
  id: 'view-restarted-becomes-backup',
  title: 'A server that died and restarts becomes backup',
  source: 'view-idle',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when a place for an idle server is empty',
  points: 5,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    await formPair(rounds, first, second);
    const isAlone = (view: View) => view.primary === second && view.backup === '';
    const living = { [second]: 'last told' } as const;
    const { viewnum } = await settle(rounds, `${second} to take over`, isAlone, living);
    const wanted = { viewnum: viewnum + 1, primary: second, backup: first };
    await rounds.reach(wanted, { [first]: 0, ...living }, `after ${first} had restarted`);
  },
});

export const viewRestartedPrimary = viewScenario({
  id: 'view-restarted-primary',
  title: 'A primary that restarts is treated as dead',
  source: 'view-restart',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when a member has restarted',
  points: 10,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    const { viewnum } = await formPair(rounds, first, second);
    const isHeir = ({ primary }: View) => primary === second;
    const living = { [first]: 0, [second]: viewnum };
    await rounds.until(`${second} to become primary after ${first} had restarted`, isHeir, living);
  },
});

export const viewRestartedBackup = viewScenario({
  id: 'view-restarted-backup',
  title: 'A backup that restarts is treated as dead, so the view changes',
  source: 'view-restart',
  // The hand-out: a primary or backup that pings 0 has crashed. The stock tests restart only a primary.
  tier: 'asked',
  circumstance: 'when a member has restarted',
  points: 10,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    const { viewnum } = await formPair(rounds, first, second);
    // It may be taken again at once; but in a new view, so that its primary sends it the data again.
    const isNext = (view: View) => view.viewnum > viewnum && view.primary === first;
    const living = { [first]: 'last told', [second]: 0 } as const;
    await rounds.until(`a new view after the backup ${second} had restarted`, isNext, living);
  },
});
