/**
 * "A new backup needs the numbers to know a retry by; the answers were given long ago." Not all of them
 * arrived, and a retry at the new primary hears that the key held nothing.
 */

import type { Snapshot } from '../../replica.js';
import { Server } from '../../server.js';

export class AnswersNotTransferred extends Server {
  protected override snapshot(): Snapshot {
    const { store, filter } = super.snapshot();
    return { store, filter: filter.map(([client, sequence]) => [client, sequence, '']) };
  }
}
