/** Mistakes of servers about keys and values. */

import { defineMistakes } from './mistake.js';

export const STORE_MISTAKES = defineMistakes({
  'append-to-missing-key': {
    says: 'An Append to a key that is missing does not work like a Put.',
    lookAt: 'Look at what an Append does when its key is missing.',
    mutants: ['append-needs-a-key'],
  },
  'empty-strings-refused': {
    says: 'An empty key or an empty value is not treated like any other.',
    lookAt: 'Look for conditions that an empty string does not meet.',
    mutants: ['ignores-empty-values', 'empty-key-refused'],
  },
  'text-changed': {
    says: 'Keys or values with unusual characters do not come back unchanged.',
    lookAt: 'Look at everything that reads, splits, trims or converts a key or a value on its way.',
    mutants: ['trims-values'],
  },
  'size-limited': {
    says: 'Long keys or values are cut or refused.',
    lookAt: 'Look for buffers, lines and keys of a fixed length.',
    mutants: ['fixed-buffer', 'keys-cut-at-256'],
  },
  'keys-collide': {
    says: 'Two keys share one place in the store.',
    lookAt: 'Look at how the store finds the value of a key when there are many keys.',
    mutants: ['hash-without-collisions'],
  },
  'hash-miscomputed': {
    says: 'PutHash does not compute the hash that the lab asks for.',
    lookAt:
      'Compute one PutHash by hand: which bytes are hashed, also for a missing key, and how is the number written?',
    mutants: ['signed-hash', 'first-hash-is-the-value'],
  },
});
