import { mutant, Server, type Operation, type Reply } from '../../mutant.js';

export class ServesDuringTransfer extends Server {
  protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
    if (this.isTransferring()) reply(this.perform(operation));
    else super.onClientRequest(operation, reply);
  }

  protected isTransferring(): boolean {
    return this.isPrimary() && this.initialised && this.accomplished !== this.view.viewnum;
  }
}

export const servesDuringTransfer = mutant({
  name: 'serves-during-transfer',
  thought: 'Until the transfer is done the backup does not count, so I answer my clients alone.',
  // But the snapshot was taken before, and what is written meanwhile is neither in it nor
  // forwarded.
  caughtBy: ['transfer-races-updates'],
  passes: ['primary-failure', 'add-a-backup'],
  server: ServesDuringTransfer,
});
