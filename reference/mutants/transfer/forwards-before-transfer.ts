import { mutant, refuse, Server, type Forward, type Operation, type Reply } from '../../mutant.js';

export const forwardsBeforeTransfer = mutant({
  name: 'forwards-before-transfer',
  thought: 'Forwarding goes on while the database is on its way; together they are complete.',
  // But the snapshot is older than the forwards that overtake it, and replaces what they have
  // written.
  caughtBy: ['transfer-races-updates'],
  passes: ['primary-failure', 'transfer-cut-off'],
  server: class extends Server {
    protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
      if (!this.isTransferring()) return super.onClientRequest(operation, reply);
      const { viewnum, backup } = this.view;
      const forward: Forward = { view: viewnum, primary: this.self, operation };
      this.network.call(backup, 'backup.forward', forward, (answer) => {
        reply(answer.kind === 'result' ? this.perform(operation) : refuse('not-ready'));
      });
    }

    protected override onForward(forward: Forward): Reply {
      if (this.initialised || this.refusePeer(forward)) return super.onForward(forward);
      return this.perform(forward.operation);
    }

    private isTransferring(): boolean {
      return this.isPrimary() && this.initialised && this.accomplished !== this.view.viewnum;
    }
  },
});
