/** Mistakes of servers about what was done already. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AnswerNotRemembered } from './answer-not-remembered.js';
import { AnswersNotTransferred } from './answers-not-transferred.js';
import { AnswersTheLastAttempt } from './answers-the-last-attempt.js';
import { AsksViewPerRequest } from './asks-view-per-request.js';
import { FilterByContent } from './filter-by-content.js';
import { FilterCheckedOnArrival } from './filter-checked-on-arrival.js';
import { FilterGrowsForEver } from './filter-grows-for-ever.js';
import { FilterHandedOver } from './filter-handed-over.js';
import { FilterNotTransferred } from './filter-not-transferred.js';
import { ForgetsAfterTwoSeconds } from './forgets-after-two-seconds.js';
import { ForwardsNotInFilter } from './forwards-not-in-filter.js';
import { KeepsItsFilter } from './keeps-its-filter.js';
import { NewViewNewFilter } from './new-view-new-filter.js';
import { NoDuplicateFilter } from './no-duplicate-filter.js';
import { OldNumberIsNew } from './old-number-is-new.js';
import { PutsNotFiltered } from './puts-not-filtered.js';
import { RemembersEightClients } from './remembers-eight-clients.js';
import { RemembersOneClient } from './remembers-one-client.js';
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
  {
    name: 'remembers-one-client',
    replaces: 'server',
    thought: 'Requests come one at a time, so only the last request can come again.',
    parts: () => ({ server: RemembersOneClient }),
    caughtBy: ['append-retried-after-failover', 'forward-executed-unanswered'],
    passes: ['at-most-once-append', 'concurrent-appends'],
  },
  {
    name: 'remembers-eight-clients',
    replaces: 'server',
    thought:
      'A filter must not grow without bound, so it keeps the eight clients that were here last.',
    parts: () => ({ server: RemembersEightClients }),
    caughtBy: ['generated-retries'],
    passes: ['append-retried-after-failover', 'concurrent-appends-unreliable'],
  },
  {
    name: 'forgets-after-two-seconds',
    replaces: 'server',
    thought: 'A clerk retries every ping interval, so after two seconds nobody asks again.',
    parts: () => ({ server: ForgetsAfterTwoSeconds }),
    caughtBy: ['generated-retries'],
    passes: ['append-retried-after-failover', 'concurrent-appends-unreliable'],
  },
  {
    name: 'old-number-is-new',
    replaces: 'server',
    thought: 'A retry has the number of the last request; any other number is another request.',
    parts: () => ({ server: OldNumberIsNew }),
    caughtBy: ['generated-retries'],
    passes: ['at-most-once-append', 'forward-arrives-late'],
  },
  {
    name: 'new-view-new-filter',
    replaces: 'server',
    thought: 'A new view is a new beginning, and the old filter belongs to the old one.',
    parts: () => ({ server: NewViewNewFilter }),
    caughtBy: ['append-retried-after-failover', 'forwarded-append-retried-after-failover'],
    passes: ['at-most-once-append', 'primary-failure'],
  },
  {
    name: 'filter-handed-over',
    replaces: 'server',
    thought: 'My backup has the filter now, and it sees every update, so I need not keep mine.',
    parts: () => ({ server: FilterHandedOver }),
    caughtBy: ['repeated-crash-unreliable'],
    passes: ['at-most-once-append', 'append-retried-after-failover'],
  },
  {
    name: 'answers-not-transferred',
    replaces: 'server',
    thought: 'A new backup needs the numbers to know a retry by; the answers were given long ago.',
    parts: () => ({ server: AnswersNotTransferred }),
    caughtBy: ['puthash-retried-after-failover'],
    passes: ['at-most-once-puthash', 'forwarded-puthash-retried-after-failover'],
  },
  {
    name: 'keeps-its-filter',
    replaces: 'server',
    thought:
      'A transfer must not make me forget what I have executed, so the higher number counts.',
    parts: () => ({ server: KeepsItsFilter }),
    caughtBy: ['frozen-backup'],
    passes: ['deposed-primary-comes-back', 'append-retried-after-failover'],
  },
  {
    name: 'puts-not-filtered',
    replaces: 'server',
    thought: 'A Put may be done twice, since it writes the same value both times.',
    parts: () => ({ server: PutsNotFiltered }),
    caughtBy: ['generated-retries'],
    passes: ['at-most-once-append', 'forward-arrives-late'],
  },
  {
    name: 'answers-the-last-attempt',
    replaces: 'server',
    thought: 'A clerk that asks again has given up its first attempt, so I answer the second.',
    parts: () => ({ server: AnswersTheLastAttempt }),
    caughtBy: ['generated-retries'],
    passes: ['retry-overlaps-original', 'concurrent-appends-unreliable'],
  },
];
