import { mutant, Server, type Reply, type Transfer } from '../../mutant.js';

export const installsEveryTransfer = mutant({
  name: 'installs-every-transfer',
  thought: 'A transfer is the whole database, so I take it as it comes.',
  // One that comes late, after newer updates were forwarded, takes them back.
  caughtBy: ['transfer-arrives-late'],
  passes: ['primary-failure', 'transfer-cut-off'],
  server: class extends Server {
    protected override onTransfer(transfer: Transfer): Reply {
      if (!this.refusePeer(transfer)) this.install(transfer);
      return super.onTransfer(transfer);
    }
  },
});
