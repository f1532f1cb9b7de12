/**
 * "The backup gets the whole database when it joins, so there is nothing more to send." It gets what
 * there was at that moment, and nothing that is written later.
 */

import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

export class NoForward extends Server {
  protected override forward(head: Pending): void {
    this.complete(head);
  }
}
