/**
 * "I close the connection when I have read the answer." So one that breaks before that is never closed: the line that
 * closes it is not reached.
 */

import { complainingNetwork } from '../../host.js';
import type { Network } from '../../machine.js';
import { callsThat } from '../../rpc.js';
import { Server } from '../../server.js';

export class LeaksWhenBroken extends Server {
  constructor(self: string, viewService: string, _network: Network) {
    const call = callsThat((socket, answer) => {
      if (answer.kind !== 'lost') socket.destroy();
    });
    super(self, viewService, complainingNetwork(self, call));
  }
}
