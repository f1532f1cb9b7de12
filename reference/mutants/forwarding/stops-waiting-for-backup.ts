/**
 * "A backup that has not answered in two ping intervals is dead, so I answer my client without it." It
 * may be slow and alive, and then it takes over without the write.
 */

import type { Answer } from '../../machine.js';
import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

const PATIENCE_TICKS = 2;

export class StopsWaitingForBackup extends Server {
  private forwarding: Pending | undefined;
  private waitedTicks = 0;

  override tick(): void {
    super.tick();
    this.waitedTicks += 1;
    if (this.forwarding === this.pending[0] && this.waitedTicks > PATIENCE_TICKS) this.goOn();
  }

  protected override forward(head: Pending): void {
    this.forwarding = head;
    this.waitedTicks = 0;
    super.forward(head);
  }

  protected override onForwardAnswer(head: Pending, answer: Answer): void {
    this.forwarding = undefined;
    super.onForwardAnswer(head, answer);
  }

  private goOn(): void {
    if (this.forwarding === undefined) return;
    this.underWay?.();
    this.underWay = undefined;
    this.complete(this.forwarding);
    this.pump();
  }
}
