/** What servers and clerks never give back. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { clerkLeaksConnections } from './clerk-leaks-connections.js';
import { deduplicatesItsLog } from './deduplicates-its-log.js';
import { keepsABufferPerRequest } from './keeps-a-buffer-per-request.js';
import { leaksAConnectionPerCall } from './leaks-a-connection-per-call.js';
import { leaksWhenBroken } from './leaks-when-broken.js';

export const RESOURCE_MUTANTS: readonly Mutant[] = [
  leaksAConnectionPerCall,
  leaksWhenBroken,
  clerkLeaksConnections,
  deduplicatesItsLog,
  keepsABufferPerRequest,
];
