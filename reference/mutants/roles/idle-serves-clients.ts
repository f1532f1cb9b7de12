/**
 * "Only the backup has to refuse clients." A server that is neither primary nor backup answers from an
 * empty store.
 */

import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class IdleServesClients extends Server {
  protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
    const isMember = this.isPrimary() || this.view.backup === this.self;
    if (isMember || this.view.viewnum === 0) return super.onClientRequest(operation, reply);
    this.enqueue(operation, reply);
    for (let [head] = this.pending; head; [head] = this.pending) this.complete(head);
  }
}
