/** While primary and backup live, the view stays: newcomers wait, short silences and old numbers change nothing. */

import { viewScenario } from '../stage/scenario.js';
import { formPair, startRounds, type Living } from './rounds.js';

/** Rounds in which a newcomer might be taken in by mistake. */
const ROUNDS = 4;

export const viewNewcomerWaits = viewScenario({
  id: 'view-newcomer-waits',
  title: 'A third server stays idle while primary and backup live',
  source: 'view-idle',
  tier: 'implied',
  circumstance: 'while all servers live',
  points: 5,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const view = await formPair(rounds, first, second);
    const { viewnum } = view;
    const because = `while both lived and ${third} joined`;
    const members = { [first]: viewnum, [second]: viewnum };
    await rounds.unchanged(view, ROUNDS, { [third]: 0, ...members }, because);
    await rounds.unchanged(view, ROUNDS, { [third]: viewnum, ...members }, because);
  },
});

export const viewShortSilence = viewScenario({
  id: 'view-short-silence',
  title: 'A server that misses a ping or two is not dead',
  source: 'view-stable',
  tier: 'implied',
  circumstance: 'while all servers live',
  points: 10,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const view = await formPair(rounds, first, second);
    const { viewnum } = view;
    // One interval more would be too close to a death for a view service that ticks by itself.
    const missed = stage.cluster.lab.deadPings - 3;
    const all = { [first]: viewnum, [second]: viewnum, [third]: 0 };
    await rounds.round(all);
    for (const server of [first, second, first, second]) {
      const because = `although ${server} had missed only ${missed} pings`;
      await rounds.unchanged(view, missed, { ...all, [server]: 'rest' }, because);
      // The others first: they would be told if this one had been given up.
      const back: Living = { [third]: 0, [first]: viewnum, [second]: viewnum };
      await rounds.unchanged(view, 1, back, because);
    }
  },
});

/** Late copies of old pings that arrive. */
const LATE_PINGS = 6;

export const viewLatePings = viewScenario({
  id: 'view-late-pings',
  title: 'Late pings with an old number change nothing, and are answered with the current view',
  source: 'view-stable',
  // The stock servers make one call after the other, so no ping of theirs arrives late.
  tier: 'beyond',
  circumstance: 'while all servers live',
  points: 10,
  async run(stage) {
    const { rounds, first, second, third } = await startRounds(stage);
    const view = await formPair(rounds, first, second);
    const { viewnum } = view;
    const all = { [first]: viewnum, [second]: viewnum, [third]: 'last told' } as const;
    await rounds.round(all);
    for (let n = 0; n < LATE_PINGS; n++) {
      const server = stage.random.pick([first, second]);
      const because = `after a late ping of ${server} with 1`;
      await rounds.unchanged(view, 1, { ...all, [server]: 1 }, because);
      await rounds.unchanged(view, 1, all, because);
    }
  },
});
