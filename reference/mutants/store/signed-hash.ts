/**
 * "A 32-bit hash is an int." The hash of the lab has no sign; half of all hashes come out negative.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class SignedHash extends Server {
  protected override update(update: UpdateParams): string {
    const answer = super.update(update);
    const hash = this.store.get(update.key);
    if (update.op === 'puthash') this.store.set(update.key, String(Number(hash) | 0));
    return answer;
  }
}
