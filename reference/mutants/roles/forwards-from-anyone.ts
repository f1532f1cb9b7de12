import { mutant, Server } from '../../mutant.js';

export const forwardsFromAnyone = mutant({
  name: 'forwards-from-anyone',
  thought: 'Only a primary forwards, so a server that forwards is the primary.',
  // A deposed primary forwards as well, and the new primary obeys it: both
  // acknowledge, each to its own clients.
  caughtBy: ['promoted-backup-refuses-forwards'],
  passes: ['primary-failure', 'concurrent-puts'],
  server: class extends Server {
    protected override refusePeer(): undefined {
      return undefined;
    }
  },
});
