/**
 * Every mutant: the reference with one mistake. A new one is a file beside this and an entry here,
 * with the scenarios that must catch it.
 */

import type { Parts } from '../command.js';
import { FilterNotTransferred } from './filter-not-transferred.js';
import { ForwardBlocks } from './forward-blocks.js';
import { ForwardResultIgnored } from './forward-result-ignored.js';
import { losesWrites } from './loses-writes.js';
import { NoDuplicateFilter } from './no-duplicate-filter.js';
import { NoStateTransfer } from './no-state-transfer.js';

/** What a mutant may be told: how often it errs, and where its chance comes from. */
export interface Dial {
  /** A probability, from 0 to 1. */
  rate: number;
  /** Draws from 0 (included) to 1 (excluded). */
  random: () => number;
}

export interface Mutant {
  name: string;
  /** What the student was thinking, in one sentence. */
  thought: string;
  /** The options it understands, with their defaults. */
  options: { rate?: number };
  /** The classes it replaces. */
  parts(dial: Dial): Partial<Parts>;
  /** Ids of scenarios that must catch it. */
  caughtBy: readonly string[];
  /** Ids of scenarios that it is known to pass: the reason why it is believed to be right. */
  passes: readonly string[];
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'forward-result-ignored',
    thought:
      'If the forward fails, the backup is dying anyway, so I answer the client all the same.',
    options: {},
    parts: () => ({ server: ForwardResultIgnored }),
    caughtBy: ['forward-lost-then-failover'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'forward-blocks',
    thought: 'The backup must get it, so I hold the lock and call until it answers.',
    options: {},
    parts: () => ({ server: ForwardBlocks }),
    caughtBy: ['backup-dies-mid-forward'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'no-duplicate-filter',
    thought: 'A clerk that retries has not been answered, so its update was not done.',
    options: {},
    parts: () => ({ server: NoDuplicateFilter }),
    caughtBy: ['at-most-once-append'],
    passes: ['concurrent-puts', 'concurrent-appends'],
  },
  {
    name: 'no-state-transfer',
    thought: 'Every write is forwarded, so the backup has everything.',
    options: {},
    parts: () => ({ server: NoStateTransfer }),
    caughtBy: ['primary-failure'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'filter-not-transferred',
    thought: 'The database is the state; the filter is only about my own clients.',
    options: {},
    parts: () => ({ server: FilterNotTransferred }),
    caughtBy: ['append-retried-after-failover'],
    passes: ['at-most-once-append', 'primary-failure'],
  },
  {
    name: 'loses-writes',
    thought: 'I have run it ten times and it was always green.',
    options: { rate: 0.05 },
    parts: ({ rate, random }) => ({ server: losesWrites(rate, random) }),
    caughtBy: ['primary-failure'],
    passes: ['single-primary', 'at-most-once-append'],
  },
];
