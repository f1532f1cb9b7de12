/** A server without data never becomes primary, even if no server with data is left. */

import { viewScenario } from '../stage/scenario.js';
import { formPair, neverLeads, startFirst, startRounds } from './rounds.js';

export const viewUninitialisedNeverPrimary = viewScenario({
  id: 'view-uninitialised-never-primary',
  title: 'An idle server does not become primary when primary and backup have both died',
  source: 'view-promotion',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when primary and backup are dead',
  points: 15,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const { viewnum } = await formPair(rounds, first, second);
    await rounds.round({ [first]: viewnum, [second]: viewnum, [third]: 0 });
    await neverLeads(rounds, third, { [third]: 0 }, 'since it has no data');
  },
});

export const viewRestartedSolePrimary = viewScenario({
  id: 'view-restarted-sole-primary',
  title: 'No other server becomes primary when the only one with data has restarted',
  source: 'view-promotion',
  tier: 'implied',
  circumstance: 'when a member has restarted',
  points: 10,
  async run(stage) {
    const { rounds, first, second } = await startRounds(stage);
    await startFirst(rounds, first);
    for (let n = 0; n < 2; n++) await rounds.round({ [first]: 1 });
    await rounds.round({ [first]: 0 });
    await neverLeads(rounds, second, { [second]: 0 }, 'since it has no data');
  },
});
