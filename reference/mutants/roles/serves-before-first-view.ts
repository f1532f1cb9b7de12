/**
 * "Until the view service has told me otherwise, I am the only server there is." So is one that has just
 * restarted and lost everything: it answers the clients of its former life from an empty store.
 */

import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class ServesBeforeFirstView extends Server {
  protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
    if (this.view.viewnum > 0) return super.onClientRequest(operation, reply);
    this.enqueue(operation, reply);
    for (let [head] = this.pending; head; [head] = this.pending) this.complete(head);
  }
}
