/** Mistakes of primaries about forwarding to their backup. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AnswersBeforeForward } from './answers-before-forward.js';
import { AppliesBeforeForwarding } from './applies-before-forwarding.js';
import { BackupFiltersLast } from './backup-filters-last.js';
import { BackupNeverFilters } from './backup-never-filters.js';
import { ExitsOnLostCall } from './exits-on-lost-call.js';
import { ForwardBlocks } from './forward-blocks.js';
import { ForwardResultIgnored } from './forward-result-ignored.js';
import { ForwardsTheHash } from './forwards-the-hash.js';
import { ForwardsTheResult } from './forwards-the-result.js';
import { ForwardsWithoutLock } from './forwards-without-lock.js';
import { LostForwardDropped } from './lost-forward-dropped.js';
import { NoForward } from './no-forward.js';
import { QueueOfEight } from './queue-of-eight.js';

export const FORWARDING_MUTANTS: readonly Mutant[] = [
  {
    name: 'forward-result-ignored',
    replaces: 'server',
    thought:
      'If the forward fails, the backup is dying anyway, so I answer the client all the same.',
    parts: () => ({ server: ForwardResultIgnored }),
    caughtBy: ['forward-lost-then-failover'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'forward-blocks',
    replaces: 'server',
    thought: 'The backup must get it, so I hold the lock and call until it answers.',
    parts: () => ({ server: ForwardBlocks }),
    caughtBy: ['backup-dies-mid-forward'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'forwards-the-result',
    replaces: 'server',
    thought: 'If I send the backup the resulting value, both surely hold the same.',
    parts: () => ({ server: ForwardsTheResult }),
    caughtBy: ['bytes-per-operation'],
    passes: ['concurrent-appends-unreliable', 'forward-lost-then-failover'],
  },
  {
    name: 'no-forward',
    replaces: 'server',
    thought: 'The backup gets the whole database when it joins, so there is nothing more to send.',
    parts: () => ({ server: NoForward }),
    caughtBy: ['put-after-primary-failure', 'chaos'],
    passes: ['single-primary'],
  },
  {
    name: 'answers-before-forward',
    replaces: 'server',
    thought: 'The backup will have it in a moment, so I need not keep my client waiting for that.',
    parts: () => ({ server: AnswersBeforeForward }),
    caughtBy: ['forwards-held'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'forwards-without-lock',
    replaces: 'server',
    thought: 'I hold the lock while I apply it, and give it back before I call the backup.',
    parts: () => ({ server: ForwardsWithoutLock }),
    caughtBy: ['forwards-reordered'],
    passes: ['primary-failure', 'forward-lost-then-failover'],
  },
  {
    name: 'lost-forward-dropped',
    replaces: 'server',
    thought: 'The forward failed, so it was not done; the clerk will ask again.',
    parts: () => ({ server: LostForwardDropped }),
    caughtBy: ['forward-executed-unanswered'],
    passes: ['concurrent-puts', 'concurrent-appends', 'forward-lost-then-failover'],
  },
  {
    name: 'backup-never-filters',
    replaces: 'server',
    thought:
      'My primary has thrown the duplicates out already, so what it forwards is to be executed.',
    parts: () => ({ server: BackupNeverFilters }),
    caughtBy: ['forward-executed-unanswered', 'repeated-crash-unreliable'],
    passes: ['concurrent-puts', 'concurrent-appends', 'at-most-once-append'],
  },
  {
    name: 'backup-filters-last',
    replaces: 'server',
    thought: 'Forwards come one at a time, so only the last one can come again.',
    parts: () => ({ server: BackupFiltersLast }),
    caughtBy: ['forward-arrives-late'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'applies-before-forwarding',
    replaces: 'server',
    thought: 'I apply it and forward it, and if that fails I say so and the clerk asks again.',
    parts: () => ({ server: AppliesBeforeForwarding }),
    caughtBy: ['read-survives-failover'],
    passes: ['concurrent-puts', 'concurrent-appends', 'forward-lost-then-failover'],
  },
  {
    name: 'exits-on-lost-call',
    replaces: 'server',
    thought: 'A call that fails is a bug, so I stop right there and look at the message.',
    parts: () => ({ server: ExitsOnLostCall }),
    caughtBy: ['forward-lost-then-failover'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'forwards-the-hash',
    replaces: 'server',
    thought: 'The hash is computed once, at the primary; the backup only has to write it down.',
    parts: () => ({ server: ForwardsTheHash }),
    caughtBy: ['forwarded-puthash-retried-after-failover'],
    passes: ['at-most-once-puthash', 'puthash-retried-after-failover'],
  },
  {
    name: 'queue-of-eight',
    replaces: 'server',
    thought: 'More than eight requests never wait at once, so the queue has eight places.',
    parts: () => ({ server: QueueOfEight }),
    caughtBy: ['generated-workload'],
    passes: ['concurrent-appends', 'transfer-races-updates'],
  },
];
