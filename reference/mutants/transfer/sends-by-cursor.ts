import { mutant, refuse, succeed, type Reply, type Transfer } from '../../mutant.js';
import { ServesDuringTransfer } from './serves-during-transfer.js';

const KEYS_PER_CALL = 1000;

export const sendsByCursor = mutant({
  name: 'sends-by-cursor',
  thought:
    'I send a thousand keys at a time, in order, and remember where I am; meanwhile I serve.',
  // A key that is written behind that place has been sent already, or passed over, and is not sent
  // again.
  caughtBy: ['transfer-races-updates'],
  passes: ['add-a-backup', 'primary-failure'],
  server: class extends ServesDuringTransfer {
    protected override prepareBackup(): void {
      if (this.initialised && this.view.backup !== '') this.sendAfter(undefined);
      else super.prepareBackup();
    }

    private sendAfter(cursor: string | undefined): void {
      const { store, filter } = this.snapshot();
      const rest = store.filter(([key]) => cursor === undefined || key > cursor);
      const next = rest.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, KEYS_PER_CALL);
      this.callBackup('backup.transfer', { store: next, filter }, (answer) => {
        if (answer.kind === 'result' && !isLast(next)) this.sendAfter(next.at(-1)?.[0]);
        else this.onTransferAnswer(answer);
      });
    }

    protected override onTransfer(transfer: Transfer): Reply {
      const refusal = this.refusePeer(transfer);
      if (refusal) return refuse(refusal);
      if (this.initialised) return succeed({});
      this.install({ ...transfer, store: [...this.store, ...transfer.store] });
      this.initialised = isLast(transfer.store);
      return succeed({});
    }
  },
});

function isLast({ length }: Transfer['store']): boolean {
  return length < KEYS_PER_CALL;
}
