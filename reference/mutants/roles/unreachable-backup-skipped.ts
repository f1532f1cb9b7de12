/**
 * "Nobody listens at the backup's address, so it is dead, and I go on alone." A lost connection is tried
 * again, as it should be; but that nobody could be reached says nothing about who is alive.
 */

import type { Answer } from '../../machine.js';
import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

const NOBODY_LISTENS = ['ENOENT', 'ECONNREFUSED'];

export class UnreachableBackupSkipped extends Server {
  protected override onForwardAnswer(head: Pending, answer: Answer): void {
    const skipped = answer.kind === 'lost' && NOBODY_LISTENS.includes(answer.reason);
    if (!skipped) return super.onForwardAnswer(head, answer);
    this.complete(head);
    this.pump();
  }
}
