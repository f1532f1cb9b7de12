/** Mistakes of servers about the data that a new member of a view holds. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AcknowledgesAtOnce } from './acknowledges-at-once.js';
import { ForwardsBeforeTransfer } from './forwards-before-transfer.js';
import { InstallsEveryTransfer } from './installs-every-transfer.js';
import { losesWrites } from './loses-writes.js';
import { LostTransferCounts } from './lost-transfer-counts.js';
import { NoStateTransfer } from './no-state-transfer.js';
import { OwnWritesOnly } from './own-writes-only.js';
import { TransfersTheLog } from './transfers-the-log.js';
import { SendsAThousandKeys } from './sends-a-thousand-keys.js';
import { ServesDuringTransfer } from './serves-during-transfer.js';
import { ServesWhatItHolds } from './serves-what-it-holds.js';
import { TransfersOnceToEach } from './transfers-once-to-each.js';

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
    name: 'lost-transfer-counts',
    replaces: 'server',
    thought: 'The connection broke after I had sent everything, so the backup has it.',
    parts: () => ({ server: LostTransferCounts }),
    caughtBy: ['transfer-cut-off'],
    passes: ['primary-failure', 'add-a-backup'],
  },
  {
    name: 'serves-during-transfer',
    replaces: 'server',
    thought: 'Until the transfer is done the backup does not count, so I answer my clients alone.',
    parts: () => ({ server: ServesDuringTransfer }),
    caughtBy: ['transfer-races-updates'],
    passes: ['primary-failure', 'add-a-backup'],
  },
  {
    name: 'forwards-before-transfer',
    replaces: 'server',
    thought: 'Forwarding goes on while the database is on its way; together they are complete.',
    parts: () => ({ server: ForwardsBeforeTransfer }),
    caughtBy: ['transfer-races-updates'],
    passes: ['primary-failure', 'transfer-cut-off'],
  },
  {
    name: 'acknowledges-at-once',
    replaces: 'server',
    thought: 'I ping with the view that I know, and I know it from the moment I hear of it.',
    parts: () => ({ server: AcknowledgesAtOnce }),
    caughtBy: ['transfer-outlasts-pings'],
    passes: ['primary-failure', 'transfer-cut-off'],
  },
  {
    name: 'installs-every-transfer',
    replaces: 'server',
    thought: 'A transfer is the whole database, so I take it as it comes.',
    parts: () => ({ server: InstallsEveryTransfer }),
    caughtBy: ['transfer-arrives-late'],
    passes: ['primary-failure', 'transfer-cut-off'],
  },
  {
    name: 'transfers-once-to-each',
    replaces: 'server',
    thought: 'I have sent everything to that server already, and since then it got every update.',
    parts: () => ({ server: TransfersOnceToEach }),
    caughtBy: ['backup-dies-during-transfer'],
    passes: ['primary-failure', 'transfer-cut-off'],
  },
  {
    name: 'serves-what-it-holds',
    replaces: 'server',
    thought: 'The view service knows who can be primary, so when it says that I am, I serve.',
    parts: () => ({ server: ServesWhatItHolds }),
    caughtBy: ['primary-dies-during-transfer'],
    passes: ['primary-failure', 'transfer-cut-off'],
  },
  {
    name: 'sends-a-thousand-keys',
    replaces: 'server',
    thought: 'A message should not grow without bound, so I send at most a thousand keys.',
    parts: () => ({ server: SendsAThousandKeys }),
    caughtBy: ['transfer-large'],
    passes: ['primary-failure', 'transfer-cut-off'],
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
