import { mutant, Server, type Operation, type Reply } from '../../mutant.js';

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
