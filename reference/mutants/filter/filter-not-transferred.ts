/**
 * "The database is the state; the filter is only about my own clients." A clerk whose reply the old
 * primary could not deliver becomes the new primary's client, and its append is done a second time.
 */

import type { Snapshot } from '../../replica.js';
import { Server } from '../../server.js';

export class FilterNotTransferred extends Server {
  protected override snapshot(): Snapshot {
    return { ...super.snapshot(), filter: [] };
  }
}
