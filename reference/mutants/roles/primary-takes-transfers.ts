import { mutant, Server, succeed, type Reply, type Transfer } from '../../mutant.js';

export const primaryTakesTransfers = mutant({
  name: 'primary-takes-transfers',
  thought: 'A server that sends me the whole database is ahead of me.',
  // A deposed primary is behind; its transfer, late, undoes what was written since.
  caughtBy: ['transfer-of-deposed-primary'],
  passes: ['transfer-arrives-late', 'primary-failure'],
  server: class extends Server {
    protected override onTransfer(transfer: Transfer): Reply {
      if (!this.isPrimary()) return super.onTransfer(transfer);
      this.install(transfer);
      return succeed({});
    }
  },
});
