/** Kills a server and, once it has been replaced, starts it again under its name without its memory. */

import type { Nemesis } from './nemesis.js';

export const killAndRestart: Nemesis = {
  name: 'kill-and-restart',
  async strike(cluster, victim, { replaced, settled }) {
    await cluster.kill(victim);
    await replaced(victim);
    await cluster.restart(victim);
    await settled();
  },
};
