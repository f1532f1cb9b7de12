/**
 * "If a forward gets lost, the clerk will ask again, and then I forward it again." Not a clerk that has
 * died: its update stays the first in line, and everybody else waits behind it.
 */

import { Server } from '../../server.js';

export class WaitsForItsClerk extends Server {
  protected override pump(): void {
    const [head] = this.pending;
    const waits = head?.uncertain === true && head.waiters.length === 0;
    if (!waits) super.pump();
  }
}
