import { mutant, Server, type Pending } from '../../mutant.js';

export const forwardResultIgnored = mutant({
  name: 'forward-result-ignored',
  thought: 'If the forward fails, the backup is dying anyway, so I answer the client all the same.',
  // So the client is told that its write is done whatever became of the forward. The concurrent
  // tests turn green; but when the forward was lost and the backup lives, only one replica holds
  // the write.
  caughtBy: ['forward-lost-then-failover'],
  passes: ['concurrent-puts', 'concurrent-appends'],
  server: class extends Server {
    protected override onForwardAnswer(head: Pending): void {
      this.complete(head);
      this.pump();
    }
  },
});
