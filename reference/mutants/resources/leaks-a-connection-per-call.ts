/**
 * "The call is over when its answer is there." The connection that it was made on stays open, and with it a
 * descriptor here and one in the process that was called.
 */

import { complainingNetwork } from '../../host.js';
import type { Network } from '../../machine.js';
import { callsThat } from '../../rpc.js';
import { Server } from '../../server.js';

export class LeaksAConnectionPerCall extends Server {
  constructor(self: string, viewService: string, _network: Network) {
    super(self, viewService, complainingNetwork(self, callsThat(keepOpen)));
  }
}

export function keepOpen(): void {}
