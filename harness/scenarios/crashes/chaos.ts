/**
 * Everything at once: servers die, freeze, are cut off from the view service or from each other, and the
 * network loses, delays and reorders, one strike after the other, each only after recovery from the last
 * one. So a correct service always has its data, and completes every operation.
 */

import { chaos as chaosNemesis } from '../../nemeses/any-strike.js';
import { scenario } from '../stage/scenario.js';
import { mixedStep, MODIFYING } from '../stage/workload.js';
import { steadyPace } from './client-pace.js';
import { mayBeReplaced, strikeRepeatedly } from './repeated-strikes.js';

const STRIKES = 4;
const KEYS = ['k0', 'k1'];

export const chaos = scenario({
  id: 'chaos',
  title: 'Crashes, freezes, partitions and lost or late calls, in a random order',
  version: 2,
  source: 'kv-survival',
  tier: 'implied',
  requires: ['get', 'put', MODIFYING],
  points: 15,
  runShare: 0.25,
  deadlineMs: 90_000,
  async run(stage) {
    const { cluster, clock, random } = stage;
    const nemesis = chaosNemesis(random.child('ways'));
    const work = { keys: KEYS, step: mixedStep(cluster, KEYS, random) };
    const options = { strikes: STRIKES, work, pace: steadyPace(clock) };
    await strikeRepeatedly(stage, nemesis, mayBeReplaced(stage), options);
  },
});
