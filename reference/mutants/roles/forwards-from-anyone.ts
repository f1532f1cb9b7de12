/**
 * "Only a primary forwards, so whoever forwards is the primary." A deposed primary forwards as well, and
 * the one that has taken over does its bidding: both acknowledge, each to its own clients.
 */

import { Server } from '../../server.js';

export class ForwardsFromAnyone extends Server {
  protected override refusePeer(): undefined {
    return undefined;
  }
}
