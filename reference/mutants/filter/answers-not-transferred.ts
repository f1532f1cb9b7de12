import { mutant, Server, type Snapshot } from '../../mutant.js';

export const answersNotTransferred = mutant({
  name: 'answers-not-transferred',
  thought: 'A new backup needs the numbers to know a retry by; the answers were given long ago.',
  // Not all of them arrived, and a retry at the new primary hears that the key held nothing.
  caughtBy: ['puthash-retried-after-failover'],
  passes: ['at-most-once-puthash', 'forwarded-puthash-retried-after-failover'],
  server: class extends Server {
    protected override snapshot(): Snapshot {
      const { store, filter } = super.snapshot();
      return { store, filter: filter.map(([client, sequence]) => [client, sequence, '']) };
    }
  },
});
