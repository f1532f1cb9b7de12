/** What servers and clerks never give back. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { ClerkLeaksConnections } from './clerk-leaks-connections.js';
import { KeepsABufferPerRequest } from './keeps-a-buffer-per-request.js';
import { LeaksAConnectionPerCall } from './leaks-a-connection-per-call.js';
import { LeaksWhenBroken } from './leaks-when-broken.js';
import { DeduplicatesItsLog } from './deduplicates-its-log.js';

export const RESOURCE_MUTANTS: readonly Mutant[] = [
  {
    name: 'leaks-a-connection-per-call',
    replaces: 'server',
    thought: 'The call is over when its answer is there, so there is nothing left to do.',
    parts: () => ({ server: LeaksAConnectionPerCall }),
    caughtBy: ['resources-of-operations'],
    passes: ['concurrent-appends', 'put-after-primary-failure'],
  },
  {
    name: 'leaks-when-broken',
    replaces: 'server',
    thought: 'I close the connection as soon as I have read the answer.',
    parts: () => ({ server: LeaksWhenBroken }),
    caughtBy: ['resources-of-broken-connections'],
    passes: ['resources-of-operations', 'at-most-once-append'],
  },
  {
    name: 'clerk-leaks-connections',
    replaces: 'clerk',
    thought: 'A clerk does a few operations and is gone, and its connections are gone with it.',
    parts: () => ({ clerk: ClerkLeaksConnections }),
    caughtBy: ['resources-of-operations'],
    passes: ['concurrent-appends', 'put-after-primary-failure'],
  },
  {
    name: 'deduplicates-its-log',
    replaces: 'server',
    thought: 'I add each request to my log, and then I throw the duplicates out of it.',
    parts: () => ({ server: DeduplicatesItsLog }),
    caughtBy: ['resources-of-operations'],
    passes: ['transfer-stays-small', 'at-most-once-append'],
  },
  {
    name: 'keeps-a-buffer-per-request',
    replaces: 'server',
    thought: 'Each request gets a buffer that is large enough, and keeps it for its retries.',
    parts: () => ({ server: KeepsABufferPerRequest }),
    caughtBy: ['resources-of-operations'],
    passes: ['transfer-stays-small', 'at-most-once-append'],
  },
];
