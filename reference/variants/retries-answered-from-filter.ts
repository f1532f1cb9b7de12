/** A primary that answers a retry of what it has executed at once: every replica of its view has it. */

import type { Reply } from '../machine.js';
import type { Operation } from '../replica.js';
import type { Server } from '../server.js';
import type { Variant } from '../variant.js';

export const retriesAnsweredFromFilter: Variant = {
  name: 'retries-answered-from-filter',
  differs:
    'A primary answers the retry of an update that was executed from its filter, without forwarding it again.',
  allowed:
    'Part B, at most once: a retry must not be executed again, and the backup accepted the update when it was executed, or received it with the state.',
  settles: 'how retries are answered',
  parts: ({ server }) => ({ server: answeringRetries(server) }),
};

function answeringRetries(Base: typeof Server): typeof Server {
  return class extends Base {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      const isDone = operation.op !== 'get' && this.isDuplicate(operation);
      if (isDone && this.isServing()) reply(this.perform(operation));
      else super.onClientRequest(operation, reply);
    }
  };
}
