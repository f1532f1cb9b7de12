/** Mistakes of primaries about forwarding to their backup. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { ForwardBlocks } from './forward-blocks.js';
import { ForwardResultIgnored } from './forward-result-ignored.js';
import { ForwardsTheResult } from './forwards-the-result.js';

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
];
