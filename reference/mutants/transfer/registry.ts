/** Mistakes of servers about the data that a new member of a view holds. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { losesWrites } from './loses-writes.js';
import { NoStateTransfer } from './no-state-transfer.js';
import { OwnWritesOnly } from './own-writes-only.js';
import { TransfersTheLog } from './transfers-the-log.js';

export const TRANSFER_MUTANTS: readonly Mutant[] = [
  {
    name: 'no-state-transfer',
    replaces: 'server',
    thought: 'Every write is forwarded, so the backup has everything.',
    parts: () => ({ server: NoStateTransfer }),
    caughtBy: ['primary-failure'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'loses-writes',
    replaces: 'server',
    thought: 'I have run it ten times and it was always green.',
    options: { rate: 0.05 },
    parts: ({ rate, random }) => ({ server: losesWrites(rate, random) }),
    caughtBy: ['primary-failure'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'own-writes-only',
    replaces: 'server',
    thought: 'My backup gets what I have executed; the rest was there before me.',
    parts: () => ({ server: OwnWritesOnly }),
    caughtBy: ['second-failover'],
    passes: ['primary-failure', 'append-retried-after-failover'],
  },
  {
    name: 'transfers-the-log',
    replaces: 'server',
    thought: 'The log of all writes is the database; a new backup replays it.',
    parts: () => ({ server: TransfersTheLog }),
    caughtBy: ['transfer-stays-small'],
    passes: ['second-failover', 'append-retried-after-failover'],
  },
];
