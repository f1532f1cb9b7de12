/**
 * "The backup will have it in a moment, so I need not keep my client waiting for that." If the primary
 * dies in that moment, the client has been told of a write that nobody has.
 */

import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

export class AnswersBeforeForward extends Server {
  protected override forward(head: Pending): void {
    const { operation } = head;
    this.complete(head);
    this.callBackup('backup.forward', { operation }, () => this.pump());
  }
}
