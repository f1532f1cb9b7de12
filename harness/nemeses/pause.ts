/**
 * Freezes a server until it has been replaced, and then lets it wake up deposed. Nothing may be asked of
 * the service while it is frozen: the lab's calls have no time-outs, so a clerk may be waiting for the
 * frozen one, or a primary that holds its lock meanwhile and does not ping. `replaced` must therefore
 * give up waiting after a time.
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
