import { mutant, Server, succeed, type Operation, type Reply } from '../../mutant.js';

export const idleServesClients = mutant({
  name: 'idle-serves-clients',
  thought: 'Only the backup has to refuse clients.',
  // A server that is neither primary nor backup answers from an empty store.
  caughtBy: ['idle-refuses-clients'],
  passes: ['primary-failure', 'put-after-primary-failure'],
  server: class extends Server {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      const isMember = this.isPrimary() || this.view.backup === this.self;
      if (isMember || this.view.viewnum === 0) return super.onClientRequest(operation, reply);
      reply(succeed({ value: this.execute(operation) }));
    }
  },
});
