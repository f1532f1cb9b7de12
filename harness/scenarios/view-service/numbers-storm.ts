/**
 * Servers ping, restart and repeat themselves in an order that only the seed knows. The rules of views
 * judge alone: no number twice, none left out, none going back, no primary that was not a member.
 */

import type { Random } from '../../ground/seed.js';
import type { ViewClerk } from '../../cluster/cluster.js';
import { highestView } from '../stage/exercise.js';
import { viewScenario } from '../stage/scenario.js';

const SERVERS = ['pb1', 'pb2', 'pb3'];

/** Pings of a storm at least; it goes on, up to so many, until there were views enough. */
const PINGS = 120;
const MOST_PINGS = 5 * PINGS;

/** Time between two pings, in ms: each server pings several times in a ping interval. */
const PAUSE_MS = 10;

/** One ping of so many comes from a server that has restarted; often the next one does, too. */
const RESTART_EVERY = 12;

/** Views that must have been there for the storm to mean anything. */
const VIEWS = 4;

export const viewNumbersStorm = viewScenario({
  id: 'view-numbers-storm',
  title: 'In any order of pings and restarts, views are numbered and acknowledged one by one',
  source: 'view-numbers',
  tier: 'implied',
  points: 10,
  async run({ cluster, clock, random }) {
    await cluster.startView();
    const clerks = SERVERS.map((name) => cluster.viewClerk(name));
    const numbers = new Map<ViewClerk, number>();
    let highest = 0;
    for (let n = 0; n < PINGS || (highest < VIEWS && n < MOST_PINGS); n++) {
      const clerk = random.pick(clerks);
      const known = numbers.get(clerk) ?? 0;
      const { viewnum } = await clerk.ping(isRestart(n, random) ? 0 : known);
      numbers.set(clerk, viewnum);
      highest = Math.max(highest, viewnum);
      await clock.sleep(PAUSE_MS);
    }
  },
  unexercised: highestView(VIEWS),
});

function isRestart(n: number, random: Random): boolean {
  const phase = n % RESTART_EVERY;
  return phase === RESTART_EVERY - 1 || (n > RESTART_EVERY && phase < 2 && random.chance(0.5));
}
