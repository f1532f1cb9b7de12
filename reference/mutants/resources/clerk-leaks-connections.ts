import { callsThat, Clerk, complainingNetwork, mutant, type Network } from '../../mutant.js';
import { keepOpen } from './leaks-a-connection-per-call.js';

export const clerkLeaksConnections = mutant({
  name: 'clerk-leaks-connections',
  thought: 'A clerk does a few operations and is gone, and its connections are gone with it.',
  // It closes none of its connections.
  caughtBy: ['resources-of-operations'],
  passes: ['concurrent-appends', 'put-after-primary-failure'],
  clerk: class extends Clerk {
    constructor(client: string, viewService: string, deadPings: number, _network: Network) {
      super(client, viewService, deadPings, complainingNetwork('clerk', callsThat(keepOpen)));
    }
  },
});
