/**
 * "The backup has all the data, too, so it may as well answer." It answers out of turn: what a client
 * writes there never reaches the primary.
 */

import { succeed } from '../../machine.js';
import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class BackupServesClients extends Server {
  protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
    if (this.view.backup !== this.self || !this.initialised) {
      return super.onClientRequest(operation, reply);
    }
    reply(succeed({ value: this.execute(operation) }));
  }
}
