/**
 * "A clerk that retries has not been answered, so its update was not done." But the reply may be what
 * was lost, and then the update is done twice.
 */

import { Server } from '../../server.js';

export class NoDuplicateFilter extends Server {
  protected override isDuplicate(): boolean {
    return false;
  }
}
