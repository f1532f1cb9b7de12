/**
 * "The backup has all the data, too, so it may as well answer." It answers out of turn: what a client
 * writes there never reaches the primary.
 */

import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class BackupServesClients extends Server {
  protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
    if (this.view.backup !== this.self || !this.initialised) {
      return super.onClientRequest(operation, reply);
    }
    this.enqueue(operation, reply);
    for (let [head] = this.pending; head; [head] = this.pending) this.complete(head);
  }
}
