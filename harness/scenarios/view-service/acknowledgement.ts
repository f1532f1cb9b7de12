/**
 * A view that its primary has not acknowledged stays, even if its members die. These scenarios test three
 * ways in which a view service may wrongly believe that it was acknowledged, or need not be. The first round after the view
 * was formed is not judged: on its first ping a server may still be told the view before.
 */

import type { View } from '../../history/timeline.js';
import { viewScenario } from '../stage/scenario.js';
import { startFirst, startRounds, type Rounds } from './rounds.js';

/** Forms view 2, of two servers, in which the primary goes on to ping with 1. */
async function formUnacknowledged(rounds: Rounds, first: string, second: string): Promise<View> {
  await startFirst(rounds, first);
  const wanted = { viewnum: 2, primary: first, backup: second };
  await rounds.reach(wanted, { [first]: 1, [second]: 0 }, `after ${second} had joined`);
  return wanted;
}

export const viewWaitsForAcknowledgement = viewScenario({
  id: 'view-waits-for-acknowledgement',
  title:
    'A view is kept while its primary pings with the number before, and left once it is acknowledged',
  source: 'view-acknowledged',
  tier: 'asked',
  stockTest: 'Test1',
  circumstance: 'when a view is not acknowledged',
  points: 15,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const view = await formUnacknowledged(rounds, first, second);
    const waiting = { [first]: 1, [third]: 0 };
    await rounds.round(waiting);
    await rounds.unchanged(view, rounds.watch, waiting, `while ${first} had not acknowledged it`);
    const isRefilled = ({ primary, backup }: View) => primary === first && backup === third;
    const living = { [first]: 'last told', [third]: 'last told' } as const;
    const wanted = `${third} in the place of ${second}, which had died, once view 2 was acknowledged`;
    await rounds.until(wanted, isRefilled, living);
  },
});

export const viewUnacknowledgedPrimaryDead = viewScenario({
  id: 'view-unacknowledged-primary-dead',
  title: 'A view stays for ever if its primary dies before acknowledging it',
  source: 'view-acknowledged',
  // The hand-out says that the service then stays stuck; the end of Test1 is this.
  tier: 'asked',
  circumstance: 'when a view is not acknowledged',
  points: 15,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const view = await formUnacknowledged(rounds, first, second);
    // The backup has not heard of the view either: pinging with its number would be another test.
    const living = { [second]: 1, [third]: 0 };
    await rounds.round(living);
    const because = `because ${first} died before acknowledging it`;
    await rounds.unchanged(view, rounds.watch, living, because);
  },
});

export const viewAcknowledgedOnlyByPrimary = viewScenario({
  id: 'view-acknowledged-only-by-primary',
  title: 'Only the primary can acknowledge a view: pings of others with its number do not count',
  source: 'view-acknowledged',
  tier: 'implied',
  circumstance: 'when a view is not acknowledged',
  points: 10,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const view = await formUnacknowledged(rounds, first, second);
    const because = `while only others than ${first} had pinged with 2`;
    const all = { [second]: 2, [third]: 2, [first]: 1 };
    await rounds.round(all);
    await rounds.unchanged(view, 1, all, because);
    await rounds.unchanged(view, rounds.watch, { [third]: 2, [first]: 1 }, because);
  },
});
