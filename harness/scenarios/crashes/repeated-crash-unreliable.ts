/**
 * Servers crash and restart one after the other on a network that stays unreliable, also for those that
 * have restarted: the stock test lets its faults fade away with each restart. Every update must be there
 * once, however often it was asked for, and at whichever primary.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import { unreliable } from '../../faults/unreliable.js';
import type { View } from '../../history/timeline.js';
import { killAndRestart } from '../../nemeses/kill-and-restart.js';
import { callsWereLost } from '../stage/exercise.js';
import { scenario, type Facts, type Stage } from '../stage/scenario.js';
import { token } from '../stage/workload.js';
import { steadyPace } from './client-pace.js';
import {
  mustBeReplaced,
  strikeRepeatedly,
  struckTooSeldom,
  type Work,
} from './repeated-strikes.js';

/** Restarts before the last server is killed for good. */
const RESTARTS = 2;

export const repeatedCrashUnreliable = scenario({
  id: 'repeated-crash-unreliable',
  title: 'Servers crash and restart on an unreliable network; two clerks append to one key',
  version: 2,
  source: 'kv-at-most-once',
  tier: 'asked',
  stockTest: 'TestRepeatedCrashUnreliable',
  circumstance: 'when servers crash and restart again and again',
  requires: ['get', 'put', 'append'],
  points: 15,
  runShare: 0.25,
  deadlineMs: 90_000,
  moreCheckers: [appendIntegrity],
  run: (stage) =>
    strikeUnreliably(stage, {
      keys: ['shared'],
      step: (clerk, n) => clerk.append('shared', token(clerk, n)),
    }),
  unexercised: (facts: Facts) => struckTooSeldom(facts, 'killed') ?? callsWereLost(facts),
});

export const repeatedCrashPuthash = scenario({
  ...repeatedCrashUnreliable,
  id: 'repeated-crash-puthash',
  title: 'Servers crash and restart on an unreliable network; two clerks hash keys of their own',
  // The stock test of 2014; its name stands at the scenario of 2015.
  tier: 'asked',
  requires: ['get', 'put', 'puthash'],
  moreCheckers: [],
  run: (stage) =>
    strikeUnreliably(stage, {
      keys: ['c1', 'c2'],
      async step(clerk, n) {
        await clerk.puthash(clerk.name, token(clerk, n));
        await clerk.get(clerk.name);
      },
    }),
});

async function strikeUnreliably(stage: Stage, work: Work): Promise<void> {
  stage.cluster.install(unreliable(), stage.cluster.serverLinks);
  // Mostly the primary: what the death of a backup leaves behind is never read.
  const victims = ({ primary, backup }: View) => [primary, primary, backup];
  const options = { strikes: RESTARTS, victims, work, pace: steadyPace(stage.clock) };
  await strikeRepeatedly(stage, killAndRestart, mustBeReplaced(stage), options);
}
