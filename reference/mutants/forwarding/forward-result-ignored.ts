/**
 * "If the forward fails, the backup is dying anyway and the view service will sort it out." So the
 * client is told that its write is done whatever became of the forward. The concurrent tests turn
 * green; but when the forward was lost and the backup lives, only one replica holds the write.
 */

import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

export class ForwardResultIgnored extends Server {
  protected override onForwardAnswer(head: Pending): void {
    this.complete(head);
    this.pump();
  }
}
