/**
 * "Requests come one at a time, and the clerk retries at once, so only the last request can come again."
 * There are other clerks, and one of them may come first.
 */

import { RemembersEightClients } from './remembers-eight-clients.js';

export class RemembersOneClient extends RemembersEightClients {
  protected override readonly places: number = 1;
}
