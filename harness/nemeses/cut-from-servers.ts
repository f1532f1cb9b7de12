/**
 * Cuts a server off from everybody but the view service, towards it, from it, or both ways: nothing is
 * wrong for the view service, and nothing can be done until it is healed.
 */

import { VIEW_SERVICE } from '../cluster/cluster.js';
import type { LinkSelector } from '../faults/fault.js';
import { cut } from '../faults/cut.js';
import type { Random } from '../ground/seed.js';
import type { Nemesis } from './nemesis.js';

type Direction = (victim: string) => LinkSelector;

const towardsIt: Direction = (victim) => (_, to) => to === victim;
const fromIt: Direction = (victim) => (from, to) => from === victim && to !== VIEW_SERVICE;
const bothWays: Direction = (victim) => (from, to) =>
  towardsIt(victim)(from, to) || fromIt(victim)(from, to);

export function cutFromServers(random: Random): Nemesis {
  return {
    name: 'cut-from-servers',
    async strike(cluster, victim, { lasted, settled }) {
      const direction = random.pick([towardsIt, fromIt, bothWays]);
      const parted = cluster.install(cut(), direction(victim));
      await lasted();
      parted.heal();
      await settled();
    },
  };
}
