import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const backupFiltersLast = mutant({
  name: 'backup-filters-last',
  thought: 'Forwards come one at a time, so only the last one can come again.',
  // One that was given up may still arrive after the next.
  caughtBy: ['forward-arrives-late'],
  passes: ['concurrent-puts', 'concurrent-appends'],
  server: class extends Server {
    private last: UpdateParams | undefined;

    protected override isDuplicate(update: UpdateParams): boolean {
      if (this.isPrimary()) return super.isDuplicate(update);
      return update.client === this.last?.client && update.sequence === this.last.sequence;
    }

    protected override update(update: UpdateParams): string {
      this.last = update;
      return super.update(update);
    }
  },
});
