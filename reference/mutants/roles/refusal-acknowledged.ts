import { mutant, Server, type Answer, type Pending } from '../../mutant.js';

export const refusalAcknowledged = mutant({
  name: 'refusal-acknowledged',
  thought: 'My backup says that it is not my backup any more, so I have none and need not forward.',
  // It is the other way round: the backup has gone on, and this server is not the primary any more.
  caughtBy: ['promoted-backup-refuses-forwards'],
  passes: ['primary-failure', 'forward-lost-then-failover'],
  server: class extends Server {
    protected override onForwardAnswer(head: Pending, answer: Answer): void {
      if (answer.kind !== 'refused') return super.onForwardAnswer(head, answer);
      this.complete(head);
      this.pump();
    }
  },
});
