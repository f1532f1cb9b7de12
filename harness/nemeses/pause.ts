/**
 * Freezes a server until it has been replaced, and then lets it wake up deposed. Nothing is asked of
 * the service while it is frozen: a clerk without time-outs may be waiting for the frozen one.
 */

import type { Nemesis } from './nemesis.js';

export const pause: Nemesis = {
  name: 'pause',
  async strike(cluster, victim, { replaced, settled }) {
    cluster.pause(victim);
    await replaced(victim);
    cluster.resume(victim);
    await settled();
  },
};
