import { mutant, Server, type Pending } from '../../mutant.js';

export const noForward = mutant({
  name: 'no-forward',
  thought: 'The backup gets the whole database when it joins, so there is nothing more to send.',
  // It gets what there was at that moment, and nothing that is written later.
  caughtBy: ['put-after-primary-failure', 'chaos'],
  passes: ['single-primary'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      this.complete(head);
    }
  },
});
