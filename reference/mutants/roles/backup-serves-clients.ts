import { mutant, Server, succeed, type Operation, type Reply } from '../../mutant.js';

export const backupServesClients = mutant({
  name: 'backup-serves-clients',
  thought: 'The backup has all the data, too, so it may as well answer.',
  // It answers out of turn: what a client writes there never reaches the primary.
  caughtBy: ['backup-refuses-clients'],
  passes: ['primary-failure', 'concurrent-puts'],
  server: class extends Server {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      if (this.view.backup !== this.self || !this.initialised) {
        return super.onClientRequest(operation, reply);
      }
      reply(succeed({ value: this.execute(operation) }));
    }
  },
});
