/** Mistakes of servers about the data that a new member of a view holds. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AcknowledgesAtOnce } from './acknowledges-at-once.js';
import { FillsTheGaps } from './fills-the-gaps.js';
import { ForwardsBeforeTransfer } from './forwards-before-transfer.js';
import { HalfAnAnswerCounts } from './half-an-answer-counts.js';
import { InstallsEveryTransfer } from './installs-every-transfer.js';
import { losesWrites } from './loses-writes.js';
import { LostTransferCounts } from './lost-transfer-counts.js';
import { LostTransferNotRepeated } from './lost-transfer-not-repeated.js';
import { NoStateTransfer } from './no-state-transfer.js';
import { OwnWritesOnly } from './own-writes-only.js';
import { PreparesTheSnapshot } from './prepares-the-snapshot.js';
import { ReplaysWhatItSetAside } from './replays-what-it-set-aside.js';
import { SendsAThousandKeys } from './sends-a-thousand-keys.js';
import { SendsByCursor } from './sends-by-cursor.js';
import { ServesDuringTransfer } from './serves-during-transfer.js';
import { ServesWhatItHolds } from './serves-what-it-holds.js';
import { SlowTransferCounts } from './slow-transfer-counts.js';
import { SlowTransferStartsOver } from './slow-transfer-starts-over.js';
import { TransfersOnceToEach } from './transfers-once-to-each.js';
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
  {
    name: 'fills-the-gaps',
    replaces: 'server',
    thought:
      'I still have most of the data, so I take from the transfer only the keys that I do not have.',
    parts: () => ({ server: FillsTheGaps }),
    caughtBy: ['deposed-primary-comes-back'],
    passes: ['primary-failure', 'backup-dies-during-transfer'],
  },
  {
    name: 'prepares-the-snapshot',
    replaces: 'server',
    thought:
      'Copying everything takes time, so I do it once a second and have the copy at hand when a backup joins.',
    parts: () => ({ server: PreparesTheSnapshot }),
    caughtBy: ['transfer-races-updates', 'transfer-cut-off'],
    passes: ['primary-failure', 'second-failover'],
  },
  {
    name: 'sends-by-cursor',
    replaces: 'server',
    thought:
      'I send a thousand keys at a time, in order, and remember where I am; meanwhile I serve.',
    parts: () => ({ server: SendsByCursor }),
    caughtBy: ['transfer-races-updates'],
    passes: ['add-a-backup', 'primary-failure'],
  },
  {
    name: 'replays-what-it-set-aside',
    replaces: 'server',
    thought: 'What I execute during a transfer I set aside, and the backup executes it afterwards.',
    parts: () => ({ server: ReplaysWhatItSetAside }),
    caughtBy: ['generated-transfer'],
    passes: ['transfer-races-updates', 'transfer-outlasts-pings'],
  },
  {
    name: 'slow-transfer-starts-over',
    replaces: 'server',
    thought: 'A transfer that takes longer than a second is stuck, so I start it again.',
    parts: () => ({ server: SlowTransferStartsOver }),
    caughtBy: ['generated-transfer'],
    passes: ['transfer-outlasts-pings', 'transfer-large'],
  },
  {
    name: 'slow-transfer-counts',
    replaces: 'server',
    thought:
      'After a second the backup must have received everything, although the answer has not come.',
    parts: () => ({ server: SlowTransferCounts }),
    caughtBy: ['generated-transfer'],
    passes: ['transfer-outlasts-pings', 'transfer-large'],
  },
  {
    name: 'lost-transfer-not-repeated',
    replaces: 'server',
    thought:
      'If the transfer gets lost the backup is dead, and the view service will give me another one.',
    parts: () => ({ server: LostTransferNotRepeated }),
    caughtBy: ['transfer-cut-off', 'transfer-arrives-late'],
    passes: ['add-a-backup', 'primary-failure'],
  },
  {
    name: 'half-an-answer-counts',
    replaces: 'server',
    thought: 'The backup has begun to answer, so it has done what I asked.',
    parts: () => ({ server: HalfAnAnswerCounts }),
    caughtBy: ['generated-transfer'],
    passes: ['transfer-cut-off', 'transfer-arrives-late'],
  },
];
