/** Mistakes of servers about what was done already. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { FilterNotTransferred } from './filter-not-transferred.js';
import { NoDuplicateFilter } from './no-duplicate-filter.js';

export const FILTER_MUTANTS: readonly Mutant[] = [
  {
    name: 'no-duplicate-filter',
    replaces: 'server',
    thought: 'A clerk that retries has not been answered, so its update was not done.',
    parts: () => ({ server: NoDuplicateFilter }),
    caughtBy: ['at-most-once-append'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'filter-not-transferred',
    replaces: 'server',
    thought: 'The database is the state; the filter is only about my own clients.',
    parts: () => ({ server: FilterNotTransferred }),
    caughtBy: ['append-retried-after-failover'],
    passes: ['at-most-once-append', 'primary-failure'],
  },
];
