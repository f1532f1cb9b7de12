import { mutant, Server, type Answer } from '../../mutant.js';

export const lostTransferNotRepeated = mutant({
  name: 'lost-transfer-not-repeated',
  thought:
    'If the transfer gets lost the backup is dead, and the view service will give me another one.',
  // It lives and pings, so it stays, and the view is never acknowledged.
  caughtBy: ['transfer-cut-off', 'transfer-arrives-late'],
  passes: ['add-a-backup', 'primary-failure'],
  server: class extends Server {
    /** Number of the view in which the transfer was lost. */
    private lostIn: number | undefined;

    protected override prepareBackup(): void {
      if (this.lostIn !== this.view.viewnum) super.prepareBackup();
    }

    protected override onTransferAnswer(answer: Answer): void {
      if (answer.kind === 'lost') this.lostIn = this.view.viewnum;
      super.onTransferAnswer(answer);
    }
  },
});
