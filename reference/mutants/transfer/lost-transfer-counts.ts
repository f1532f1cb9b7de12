/**
 * "The connection broke after I had sent everything, so the backup has it." It may have broken in the
 * middle; then the primary acknowledges a view whose backup has nothing.
 */

import type { Answer } from '../../machine.js';
import { Server } from '../../server.js';

export class LostTransferCounts extends Server {
  protected override onTransferAnswer(answer: Answer): void {
    if (answer.kind === 'lost') this.accomplish();
    else super.onTransferAnswer(answer);
  }
}
