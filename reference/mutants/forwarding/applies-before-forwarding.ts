import { mutant, Server, type Pending } from '../../mutant.js';

export const appliesBeforeForwarding = mutant({
  name: 'applies-before-forwarding',
  thought: 'I apply it and forward it, and if that fails I say so and the clerk asks again.',
  // Meanwhile the write is in the primary's store, and every read shows it, although only this
  // server has it.
  caughtBy: ['read-survives-failover'],
  passes: ['concurrent-puts', 'concurrent-appends', 'forward-lost-then-failover'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      this.execute(head.operation);
      super.forward(head);
    }

    protected override onForwardLost(): void {
      this.failFast();
    }
  },
});
