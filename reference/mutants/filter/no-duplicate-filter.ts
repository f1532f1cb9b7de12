import { mutant, Server } from '../../mutant.js';

export const noDuplicateFilter = mutant({
  name: 'no-duplicate-filter',
  thought: 'A clerk that retries has not been answered, so its update was not done.',
  // But the reply may be what was lost, and then the update is done twice.
  caughtBy: ['at-most-once-append'],
  passes: ['concurrent-puts', 'concurrent-appends'],
  server: class extends Server {
    protected override isDuplicate(): boolean {
      return false;
    }
  },
});
