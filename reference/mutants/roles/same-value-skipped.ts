/**
 * "The key has this value already, so there is nothing to do and nothing to forward." A primary that was
 * deposed does not know what the key holds by now, and the backup, which could have told it, is not asked.
 */

import type { Pending } from '../../server.js';
import { Server } from '../../server.js';

export class SameValueSkipped extends Server {
  protected override forward(head: Pending): void {
    const { operation } = head;
    const isSame = operation.op === 'put' && this.store.get(operation.key) === operation.value;
    if (isSame) this.complete(head);
    else super.forward(head);
  }
}
