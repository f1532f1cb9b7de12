/** Kills a server for good. */

import type { Nemesis } from './nemesis.js';

export const kill: Nemesis = {
  name: 'kill',
  async strike(cluster, victim, { replaced, settled }) {
    await cluster.kill(victim);
    await replaced(victim);
    await settled();
  },
};
