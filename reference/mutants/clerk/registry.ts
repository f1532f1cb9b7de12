/** Mistakes of clerks. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';

export const CLERK_MUTANTS: readonly Mutant[] = [];
