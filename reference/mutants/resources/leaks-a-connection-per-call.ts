import { callsThat, complainingNetwork, mutant, Server, type Network } from '../../mutant.js';

export const leaksAConnectionPerCall = mutant({
  name: 'leaks-a-connection-per-call',
  thought: 'The call is over when its answer is there, so there is nothing left to do.',
  // The connection that it was made on stays open, and with it a descriptor here and one in the
  // process that was called.
  caughtBy: ['resources-of-operations'],
  passes: ['concurrent-appends', 'put-after-primary-failure'],
  server: class extends Server {
    constructor(self: string, viewService: string, _network: Network) {
      super(self, viewService, complainingNetwork(self, callsThat(keepOpen)));
    }
  },
});

export function keepOpen(): void {}
