/** Mistakes of servers about who may tell them what. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';

export const ROLE_MUTANTS: readonly Mutant[] = [];
