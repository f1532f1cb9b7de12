import { callsThat, complainingNetwork, mutant, Server, type Network } from '../../mutant.js';

export const leaksWhenBroken = mutant({
  name: 'leaks-when-broken',
  thought: 'I close the connection as soon as I have read the answer.',
  // So one that breaks before that is never closed: the line that closes it is not reached.
  caughtBy: ['resources-of-broken-connections'],
  passes: ['resources-of-operations', 'at-most-once-append'],
  server: class extends Server {
    constructor(self: string, viewService: string, _network: Network) {
      const call = callsThat((socket, answer) => {
        if (answer.kind !== 'lost') socket.destroy();
      });
      super(self, viewService, complainingNetwork(self, call));
    }
  },
});
