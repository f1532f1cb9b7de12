import type { Reply } from '../../machine.js';
import { mutant } from '../../mutant.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export const asksViewPerRequest = mutant({
  name: 'asks-view-per-request',
  thought: 'Before I serve a request I make sure that I am still primary.',
  // But what the view service says is old when it arrives; it is the backup that protects a deposed
  // primary from serving.
  caughtBy: ['view-service-lookups'],
  passes: ['put-after-primary-failure', 'concurrent-appends'],
  server: class extends Server {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      this.ping();
      super.onClientRequest(operation, reply);
    }
  },
});
