/** Mistakes of clerks. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { asksViewPerOperation } from './asks-view-per-operation.js';
import { backsOffWithoutBound } from './backs-off-without-bound.js';
import { cachesViewForEver } from './caches-view-for-ever.js';
import { failedGetReadsNothing } from './failed-get-reads-nothing.js';
import { givesUpAfterThreeTries } from './gives-up-after-three-tries.js';
import { givesUpInTheEnd } from './gives-up-in-the-end.js';
import { halfAReplyIsAReply } from './half-a-reply-is-a-reply.js';
import { loopsOnMissingKey } from './loops-on-missing-key.js';
import { newIdPerRetry } from './new-id-per-retry.js';
import { readsBack } from './reads-back.js';
import { refusalRetriedAtOnce } from './refusal-retried-at-once.js';
import { retriesWithoutPause } from './retries-without-pause.js';
import { returnsBeforeTheReply } from './returns-before-the-reply.js';
import { sendsReadsToBackup } from './sends-reads-to-backup.js';
import { sharedClientId } from './shared-client-id.js';

export const CLERK_MUTANTS: readonly Mutant[] = [
  loopsOnMissingKey,
  returnsBeforeTheReply,
  newIdPerRetry,
  cachesViewForEver,
  givesUpAfterThreeTries,
  givesUpInTheEnd,
  failedGetReadsNothing,
  sharedClientId,
  sendsReadsToBackup,
  asksViewPerOperation,
  retriesWithoutPause,
  readsBack,
  backsOffWithoutBound,
  halfAReplyIsAReply,
  refusalRetriedAtOnce,
];
