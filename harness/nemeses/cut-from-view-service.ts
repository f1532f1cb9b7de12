/**
 * Cuts a server off from the view service, which considers it dead, while all others still reach it.
 * It comes back deposed.
 */

import { VIEW_SERVICE } from '../cluster/cluster.js';
import { oneWay } from '../faults/fault.js';
import { cut } from '../faults/cut.js';
import type { Nemesis } from './nemesis.js';

export const cutFromViewService: Nemesis = {
  name: 'cut-from-view-service',
  async strike(cluster, victim, { replaced, settled }) {
    const silenced = cluster.install(cut(), oneWay(victim, VIEW_SERVICE));
    await replaced(victim);
    silenced.heal();
    await settled();
  },
};
