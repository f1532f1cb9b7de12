import { succeed } from '../../machine.js';
import type { Reply } from '../../machine.js';
import { mutant } from '../../mutant.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export const servesBeforeFirstView = mutant({
  name: 'serves-before-first-view',
  thought: 'Until the view service has told me otherwise, I am the only server there is.',
  // So is one that has just restarted and lost everything: it answers the clients of its former
  // life from an empty store.
  caughtBy: ['restarted-primary-refuses-clients'],
  passes: ['single-primary', 'primary-failure'],
  server: class extends Server {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      if (this.view.viewnum > 0) return super.onClientRequest(operation, reply);
      reply(succeed({ value: this.execute(operation) }));
    }
  },
});
