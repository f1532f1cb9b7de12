/**
 * "A clerk that asks again has given up its first attempt, so I answer the second." If the network has made
 * two requests of one, nobody listens to the second, and the clerk waits at the first for ever.
 */

import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class AnswersTheLastAttempt extends Server {
  protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
    super.enqueue(operation, reply);
    for (const { waiters } of this.pending) {
      if (waiters.includes(reply)) waiters.splice(0, waiters.length, reply);
    }
  }
}
