/**
 * "I have sent everything to pb2 already, and since then it got every update." Unless it has died and
 * come back under its name, without its memory.
 */

import type { Answer } from '../../machine.js';
import { Server } from '../../server.js';

export class TransfersOnceToEach extends Server {
  private readonly sentTo = new Set<string>();

  protected override prepareBackup(): void {
    if (this.initialised && this.sentTo.has(this.view.backup)) this.accomplish();
    else super.prepareBackup();
  }

  protected override onTransferAnswer(answer: Answer): void {
    if (answer.kind === 'result') this.sentTo.add(this.view.backup);
    super.onTransferAnswer(answer);
  }
}
