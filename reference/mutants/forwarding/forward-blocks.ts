/**
 * "The backup must get it, so I call until it answers, and I hold the lock so that nothing comes
 * between." The lock also keeps out the news that the backup is no longer in the view, so that the
 * primary calls a dead server for ever.
 */

import type { Answer } from '../../machine.js';
import type { View } from '../../protocol.js';
import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

export class ForwardBlocks extends Server {
  private locked = false;

  protected override forward(head: Pending): void {
    this.locked = true;
    super.forward(head);
  }

  /** Without a success the operation stays first in line, and the next tick forwards it again. */
  protected override onForwardAnswer(head: Pending, answer: Answer): void {
    if (answer.kind !== 'result') return;
    this.locked = false;
    super.onForwardAnswer(head, answer);
  }

  protected override enterView(view: View): void {
    if (!this.locked) super.enterView(view);
  }
}
