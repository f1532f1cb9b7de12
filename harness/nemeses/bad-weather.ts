/**
 * A while of bad weather on all links between servers and from clerks to servers: calls are lost, late,
 * or overtake each other. There is no particular victim.
 */

import { delayRequest } from '../faults/delay-request.js';
import type { Fault } from '../faults/fault.js';
import { holdAndRelease } from '../faults/hold-and-release.js';
import { lateRequest } from '../faults/late-request.js';
import { unreliable } from '../faults/unreliable.js';
import type { Random } from '../ground/seed.js';
import type { Nemesis } from './nemesis.js';

/** How late a call is, in ms: well below the time after which a clerk tries again. */
const LATE_MS = 20;

/** The share of calls that are late. */
const LATE_SHARE = 0.3;

interface Weather {
  fault: Fault;
  probability?: number;
}

export function badWeather(random: Random): Nemesis {
  const weathers: (() => Weather)[] = [
    () => ({ fault: unreliable() }),
    () => ({ fault: delayRequest(LATE_MS), probability: LATE_SHARE }),
    () => ({ fault: lateRequest(LATE_MS), probability: LATE_SHARE }),
    () => ({ fault: holdAndRelease({ batch: 2, maxHeldMs: LATE_MS }) }),
  ];
  return {
    name: 'bad-weather',
    async strike(cluster, _, { lasted, settled }) {
      const { fault, ...share } = random.pick(weathers)();
      const weather = cluster.install(fault, { links: cluster.serverLinks, ...share });
      await lasted();
      weather.heal();
      await settled();
    },
  };
}
