import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const backupNeverFilters = mutant({
  name: 'backup-never-filters',
  thought:
    'My primary has thrown the duplicates out already, so what it forwards is to be executed.',
  // A forward whose answer was lost is forwarded again, and then the backup alone does it twice.
  caughtBy: ['forward-executed-unanswered', 'repeated-crash-unreliable'],
  passes: ['concurrent-puts', 'concurrent-appends', 'at-most-once-append'],
  server: class extends Server {
    protected override isDuplicate(update: UpdateParams): boolean {
      return this.isPrimary() && super.isDuplicate(update);
    }
  },
});
