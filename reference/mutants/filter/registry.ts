/** Mistakes of servers about what was done already. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AnswerNotRemembered } from './answer-not-remembered.js';
import { AsksViewPerRequest } from './asks-view-per-request.js';
import { FilterByContent } from './filter-by-content.js';
import { FilterCheckedOnArrival } from './filter-checked-on-arrival.js';
import { FilterGrowsForEver } from './filter-grows-for-ever.js';
import { FilterNotTransferred } from './filter-not-transferred.js';
import { ForwardsNotInFilter } from './forwards-not-in-filter.js';
import { NoDuplicateFilter } from './no-duplicate-filter.js';
import { WaitsForItsClerk } from './waits-for-its-clerk.js';

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
    caughtBy: ['append-retried-after-failover', 'puthash-retried-after-failover'],
    passes: ['at-most-once-append', 'primary-failure'],
  },
  {
    name: 'forwards-not-in-filter',
    replaces: 'server',
    thought: 'The filter is for clerks; what my primary forwarded was its business, not mine.',
    parts: () => ({ server: ForwardsNotInFilter }),
    caughtBy: [
      'forwarded-append-retried-after-failover',
      'forwarded-puthash-retried-after-failover',
    ],
    passes: ['at-most-once-append', 'append-retried-after-failover'],
  },
  {
    name: 'filter-by-content',
    replaces: 'server',
    thought: 'The same client, key and value once more: that can only be a retry.',
    parts: () => ({ server: FilterByContent }),
    caughtBy: ['equal-values'],
    passes: ['at-most-once-append', 'append-retried-after-failover'],
  },
  {
    name: 'filter-checked-on-arrival',
    replaces: 'server',
    thought: 'I look up the filter when a request comes, and write it down when it is done.',
    parts: () => ({ server: FilterCheckedOnArrival }),
    caughtBy: ['retry-overlaps-original'],
    passes: ['at-most-once-append', 'append-retried-after-failover'],
  },
  {
    name: 'waits-for-its-clerk',
    replaces: 'server',
    thought: 'If a forward gets lost, the clerk asks again, and then I forward it again.',
    parts: () => ({ server: WaitsForItsClerk }),
    caughtBy: ['clerk-dies-mid-operation'],
    passes: ['at-most-once-append', 'concurrent-appends-unreliable'],
  },
  {
    name: 'filter-grows-for-ever',
    replaces: 'server',
    thought: 'I remember every request that I have executed.',
    parts: () => ({ server: FilterGrowsForEver }),
    caughtBy: ['transfer-stays-small'],
    passes: ['at-most-once-append', 'append-retried-after-failover'],
  },
  {
    name: 'asks-view-per-request',
    replaces: 'server',
    thought: 'Before I serve a request I make sure that I am still primary.',
    parts: () => ({ server: AsksViewPerRequest }),
    caughtBy: ['view-service-lookups'],
    passes: ['put-after-primary-failure', 'concurrent-appends'],
  },
  {
    name: 'answer-not-remembered',
    replaces: 'server',
    thought: 'A retry must not be executed again, so I answer it with what is there.',
    parts: () => ({ server: AnswerNotRemembered }),
    caughtBy: ['at-most-once-puthash', 'puthash-retried-after-failover'],
    passes: ['at-most-once-append', 'single-primary-puthash'],
  },
];
