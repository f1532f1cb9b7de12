/** Mistakes of clerks. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AsksViewPerOperation } from './asks-view-per-operation.js';
import { BacksOffWithoutBound } from './backs-off-without-bound.js';
import { CachesViewForEver } from './caches-view-for-ever.js';
import { FailedGetReadsNothing } from './failed-get-reads-nothing.js';
import { GivesUpAfterThreeTries } from './gives-up-after-three-tries.js';
import { GivesUpInTheEnd } from './gives-up-in-the-end.js';
import { HalfAReplyIsAReply } from './half-a-reply-is-a-reply.js';
import { LoopsOnMissingKey } from './loops-on-missing-key.js';
import { NewIdPerRetry } from './new-id-per-retry.js';
import { ReadsBack } from './reads-back.js';
import { RefusalRetriedAtOnce } from './refusal-retried-at-once.js';
import { RetriesWithoutPause } from './retries-without-pause.js';
import { ReturnsBeforeTheReply } from './returns-before-the-reply.js';
import { SendsReadsToBackup } from './sends-reads-to-backup.js';
import { SharedClientId } from './shared-client-id.js';

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
  {
    name: 'new-id-per-retry',
    replaces: 'clerk',
    thought: 'Every request gets a number of its own.',
    parts: () => ({ clerk: NewIdPerRetry }),
    caughtBy: ['at-most-once-append'],
    passes: ['single-primary', 'concurrent-appends'],
  },
  {
    name: 'caches-view-for-ever',
    replaces: 'clerk',
    thought: 'The clerk must cache the primary, so I ask the view service once.',
    parts: () => ({ clerk: CachesViewForEver }),
    caughtBy: ['put-after-primary-failure'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'gives-up-after-three-tries',
    replaces: 'clerk',
    thought: 'If three calls in a row fail, nobody is there, and the loop has to end some day.',
    parts: () => ({ clerk: GivesUpAfterThreeTries }),
    caughtBy: ['put-after-primary-failure'],
    passes: ['single-primary', 'acknowledged-means-done'],
  },
  {
    name: 'gives-up-in-the-end',
    replaces: 'clerk',
    thought: 'A fail-over takes half a second; after twice that there is nobody left to wait for.',
    parts: () => ({ clerk: GivesUpInTheEnd }),
    caughtBy: ['last-server-killed'],
    passes: ['put-after-primary-failure', 'get-after-primary-failure'],
  },
  {
    name: 'failed-get-reads-nothing',
    replaces: 'clerk',
    thought: 'If the call fails, there is nothing to return.',
    parts: () => ({ clerk: FailedGetReadsNothing }),
    caughtBy: ['get-after-primary-failure'],
    passes: ['single-primary', 'put-after-backup-failure'],
  },
  {
    name: 'shared-client-id',
    replaces: 'clerk',
    thought: 'A clerk numbers its requests, and the number is what a retry is known by.',
    parts: () => ({ clerk: SharedClientId }),
    caughtBy: ['equal-values'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'sends-reads-to-backup',
    replaces: 'clerk',
    thought: 'The backup has all the data, so it can take the reads.',
    parts: () => ({ clerk: SendsReadsToBackup }),
    caughtBy: ['add-a-backup'],
    passes: ['single-primary', 'at-most-once-append'],
  },
  {
    name: 'asks-view-per-operation',
    replaces: 'clerk',
    thought: 'The primary may have changed, so I ask the view service before every operation.',
    parts: () => ({ clerk: AsksViewPerOperation }),
    caughtBy: ['view-service-lookups'],
    passes: ['put-after-primary-failure', 'concurrent-appends'],
  },
  {
    name: 'retries-without-pause',
    replaces: 'clerk',
    thought: 'The sooner I try again, the sooner it is done.',
    parts: () => ({ clerk: RetriesWithoutPause }),
    caughtBy: ['paced-retries'],
    passes: ['at-most-once-append', 'put-after-primary-failure'],
  },
  {
    name: 'reads-back',
    replaces: 'clerk',
    thought: 'I read the key before and after, then I know that it was written.',
    parts: () => ({ clerk: ReadsBack }),
    caughtBy: ['calls-per-operation'],
    passes: ['at-most-once-append', 'put-after-primary-failure'],
  },
  {
    name: 'backs-off-without-bound',
    replaces: 'clerk',
    thought: 'A clerk that fails should ask less and less often, so I double the pause each time.',
    parts: () => ({ clerk: BacksOffWithoutBound }),
    caughtBy: ['generated-links'],
    passes: ['clerk-cut-off', 'put-after-primary-failure'],
  },
  {
    name: 'half-a-reply-is-a-reply',
    replaces: 'clerk',
    thought: 'There is a reply, so it is done, whatever it says.',
    parts: () => ({ clerk: HalfAReplyIsAReply }),
    caughtBy: ['generated-retries'],
    passes: ['at-most-once-append', 'get-after-primary-failure'],
  },
  {
    name: 'refusal-retried-at-once',
    replaces: 'clerk',
    thought: 'A call that fails needs a pause; a server that refuses is alive, so I go on at once.',
    parts: () => ({ clerk: RefusalRetriedAtOnce }),
    caughtBy: ['paced-retries-refused'],
    passes: ['paced-retries', 'put-after-primary-failure'],
  },
];
