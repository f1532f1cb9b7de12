/** The primary falls silent: its backup takes over, and what the old primary says later changes nothing. */

import { viewScenario } from '../stage/scenario.js';
import { formPair, neverLeads, settle, startRounds } from './rounds.js';

export const viewBackupTakesOver = viewScenario({
  id: 'view-backup-takes-over',
  title: 'The backup takes over when the primary has fallen silent',
  source: 'view-dead',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when a member has fallen silent',
  points: 10,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    const { viewnum } = await formPair(rounds, first, second);
    const wanted = { viewnum: viewnum + 1, primary: second, backup: '' };
    await rounds.reach(wanted, { [second]: viewnum }, `after ${first} had fallen silent`);
  },
});

export const viewRefilledAtTakeover = viewScenario({
  id: 'view-refilled-at-takeover',
  title: 'An idle server becomes backup in the same change in which the backup takes over',
  source: 'view-idle',
  // A comment of Test1 asks for one change, but the test also passes with two.
  tier: 'implied',
  stockTest: 'Test1',
  circumstance: 'when a place for an idle server is empty',
  points: 10,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const { viewnum } = await formPair(rounds, first, second);
    await rounds.round({ [first]: viewnum, [second]: viewnum, [third]: 0 });
    const wanted = { viewnum: viewnum + 1, primary: second, backup: third };
    const living = { [third]: 0, [second]: viewnum };
    await rounds.reach(wanted, living, `after ${first} had fallen silent and ${third} was idle`);
  },
});

export const viewDeposedPrimary = viewScenario({
  id: 'view-deposed-primary',
  title: 'A primary that was silent too long learns its successor when it comes back',
  source: 'view-promotion',
  tier: 'implied',
  circumstance: 'when a member has fallen silent',
  points: 5,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    await formPair(rounds, first, second);
    const isHeir = (view: { primary: string }) => view.primary === second;
    await settle(rounds, `${second} to take over`, isHeir, { [second]: 'last told' });
    // It was never away in its own eyes: it pings with the view that it knows until it is told another.
    const living = { [second]: 'last told', [first]: 'last told' } as const;
    await neverLeads(rounds, first, living, `since ${second} has taken over`);
  },
});
