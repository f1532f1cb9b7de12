/** "A clerk lives for a few operations only." It closes none of its connections. */

import { Clerk } from '../../clerk.js';
import { complainingNetwork } from '../../host.js';
import type { Network } from '../../machine.js';
import { callsThat } from '../../rpc.js';
import { keepOpen } from './leaks-a-connection-per-call.js';

export class ClerkLeaksConnections extends Clerk {
  constructor(client: string, viewService: string, deadPings: number, _network: Network) {
    super(client, viewService, deadPings, complainingNetwork('clerk', callsThat(keepOpen)));
  }
}
