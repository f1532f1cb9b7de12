import { mutant, Server, type Snapshot } from '../../mutant.js';

export const filterNotTransferred = mutant({
  name: 'filter-not-transferred',
  thought: 'The database is the state; the filter is only about my own clients.',
  // A clerk whose reply the old primary could not deliver becomes the new primary's client, and its
  // append is done a second time.
  caughtBy: ['append-retried-after-failover', 'puthash-retried-after-failover'],
  passes: ['at-most-once-append', 'primary-failure'],
  server: class extends Server {
    protected override snapshot(): Snapshot {
      return { ...super.snapshot(), filter: [] };
    }
  },
});
