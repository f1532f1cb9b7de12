/**
 * "Append adds to the value of a key, and this key has none." To a missing key an append adds to
 * nothing, and what it writes is there.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class AppendNeedsAKey extends Server {
  protected override update(update: UpdateParams): string {
    const isMissing = !this.store.has(update.key);
    return update.op === 'append' && isMissing ? '' : super.update(update);
  }
}
