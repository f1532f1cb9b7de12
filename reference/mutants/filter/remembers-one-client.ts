import { mutant } from '../../mutant.js';
import { RemembersEightClients } from './remembers-eight-clients.js';

export const remembersOneClient = mutant({
  name: 'remembers-one-client',
  thought: 'Requests come one at a time, so only the last request can come again.',
  // There are other clerks, and one of them may come first.
  caughtBy: ['append-retried-after-failover', 'forward-executed-unanswered'],
  passes: ['at-most-once-append', 'concurrent-appends'],
  server: class extends RemembersEightClients {
    protected override readonly places: number = 1;
  },
});
