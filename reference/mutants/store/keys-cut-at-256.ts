/**
 * "A key is a name, and no name has more than 256 characters." Two long keys that differ only at the end
 * become one.
 */

import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

const MAX_KEY_LENGTH = 256;

export class KeysCutAt256 extends Server {
  protected override execute(operation: Operation): string {
    return super.execute({ ...operation, key: operation.key.slice(0, MAX_KEY_LENGTH) });
  }
}
