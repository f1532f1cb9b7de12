/**
 * "My backup says that it is not my backup any more, so I have none and need not forward." It is the other
 * way round: the backup has gone on, and this server is not the primary any more.
 */

import type { Answer } from '../../machine.js';
import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

export class RefusalAcknowledged extends Server {
  protected override onForwardAnswer(head: Pending, answer: Answer): void {
    if (answer.kind !== 'refused') return super.onForwardAnswer(head, answer);
    this.complete(head);
    this.pump();
  }
}
