import { mutant, Server, succeed, type Operation, type Reply } from '../../mutant.js';

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
