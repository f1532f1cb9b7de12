/**
 * "My table has 256 places, so two keys hardly ever share one." Hardly ever, with four keys; of 300 some
 * must, and then the later key overwrites the earlier one.
 */

import { putHashOf } from '../../protocol.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

const PLACES = 256;

export class HashWithoutCollisions extends Server {
  protected override execute(operation: Operation): string {
    const place = Number(putHashOf('', operation.key)) % PLACES;
    return super.execute({ ...operation, key: String(place) });
  }
}
