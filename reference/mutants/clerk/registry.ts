/** Mistakes of clerks. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { LoopsOnMissingKey } from './loops-on-missing-key.js';
import { ReturnsBeforeTheReply } from './returns-before-the-reply.js';

export const CLERK_MUTANTS: readonly Mutant[] = [
  {
    name: 'loops-on-missing-key',
    replaces: 'clerk',
    thought: 'An empty answer means that the primary is not ready yet, so I ask again.',
    parts: () => ({ clerk: LoopsOnMissingKey }),
    caughtBy: ['missing-key'],
    passes: ['single-primary', 'primary-failure'],
  },
  {
    name: 'returns-before-the-reply',
    replaces: 'clerk',
    thought: 'Put and Append return nothing, so there is nothing to wait for.',
    parts: () => ({ clerk: ReturnsBeforeTheReply }),
    caughtBy: ['acknowledged-means-done'],
    passes: ['single-primary', 'at-most-once-append'],
  },
];
