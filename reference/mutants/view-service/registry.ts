/** Mistakes of view services. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';

export const VIEW_SERVICE_MUTANTS: readonly Mutant[] = [];
