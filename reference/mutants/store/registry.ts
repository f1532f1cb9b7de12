/** Mistakes of servers about keys and values. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AppendNeedsAKey } from './append-needs-a-key.js';
import { EmptyKeyRefused } from './empty-key-refused.js';
import { FirstHashIsTheValue } from './first-hash-is-the-value.js';
import { FixedBuffer } from './fixed-buffer.js';
import { HashWithoutCollisions } from './hash-without-collisions.js';
import { IgnoresEmptyValues } from './ignores-empty-values.js';
import { KeysCutAt256 } from './keys-cut-at-256.js';
import { SignedHash } from './signed-hash.js';
import { TrimsValues } from './trims-values.js';
import { ValueComputedOnArrival } from './value-computed-on-arrival.js';

export const STORE_MUTANTS: readonly Mutant[] = [
  {
    name: 'append-needs-a-key',
    replaces: 'server',
    thought: 'Append adds to the value of a key, and this key has none.',
    parts: () => ({ server: AppendNeedsAKey }),
    caughtBy: ['single-primary'],
    passes: ['many-keys', 'primary-failure'],
  },
  {
    name: 'ignores-empty-values',
    replaces: 'server',
    thought: 'If the value is empty, there is nothing to write.',
    parts: () => ({ server: IgnoresEmptyValues }),
    caughtBy: ['empty-values'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'trims-values',
    replaces: 'server',
    thought: 'I read a line and trim it, as one does with input.',
    parts: () => ({ server: TrimsValues }),
    caughtBy: ['odd-bytes'],
    passes: ['single-primary', 'concurrent-appends'],
  },
  {
    name: 'fixed-buffer',
    replaces: 'server',
    thought: 'Nobody stores more than 64 kB, so a buffer of that size will do.',
    parts: () => ({ server: FixedBuffer }),
    caughtBy: ['large-values'],
    passes: ['single-primary', 'concurrent-appends'],
  },
  {
    name: 'hash-without-collisions',
    replaces: 'server',
    thought: 'My table has 128 places, so two keys hardly ever share one.',
    parts: () => ({ server: HashWithoutCollisions }),
    caughtBy: ['many-keys'],
    passes: ['single-primary', 'primary-failure'],
  },
  {
    name: 'signed-hash',
    replaces: 'server',
    thought: 'A 32-bit hash is an int.',
    parts: () => ({ server: SignedHash }),
    caughtBy: ['single-primary-puthash'],
    passes: ['single-primary', 'concurrent-appends'],
  },
  {
    name: 'value-computed-on-arrival',
    replaces: 'server',
    thought: 'I look up the old value when the request comes, and write the new one later.',
    parts: () => ({ server: ValueComputedOnArrival }),
    caughtBy: ['concurrent-appends', 'concurrent-puthash'],
    passes: ['single-primary-puthash', 'at-most-once-append'],
  },
  {
    name: 'empty-key-refused',
    replaces: 'server',
    thought: 'A request without a key is broken, so I refuse it.',
    parts: () => ({ server: EmptyKeyRefused }),
    caughtBy: ['generated-workload'],
    passes: ['empty-values', 'odd-bytes'],
  },
  {
    name: 'keys-cut-at-256',
    replaces: 'server',
    thought: 'A key is a name, and no name has more than 256 characters.',
    parts: () => ({ server: KeysCutAt256 }),
    caughtBy: ['generated-workload'],
    passes: ['odd-bytes', 'many-keys'],
  },
  {
    name: 'first-hash-is-the-value',
    replaces: 'server',
    thought: 'The key holds nothing yet, so there is nothing to hash with, and I store the value.',
    parts: () => ({ server: FirstHashIsTheValue }),
    caughtBy: ['single-primary-puthash'],
    passes: ['single-primary', 'equal-values'],
  },
];
