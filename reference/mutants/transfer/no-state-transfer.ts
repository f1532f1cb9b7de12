import { mutant, Server, type View } from '../../mutant.js';

export const noStateTransfer = mutant({
  name: 'no-state-transfer',
  thought: 'Every write is forwarded, so the backup has everything.',
  // Everything since it became backup, that is: what was written before it joined dies with the
  // primary.
  caughtBy: ['primary-failure'],
  passes: ['single-primary', 'at-most-once-append'],
  server: class extends Server {
    protected override prepareBackup(): void {
      if (this.initialised) this.accomplish();
    }

    protected override enterView(view: View): void {
      super.enterView(view);
      if (view.backup === this.self) this.initialised = true;
    }
  },
});
