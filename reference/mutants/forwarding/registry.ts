/** Mistakes of primaries about forwarding to their backup. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { answersBeforeForward } from './answers-before-forward.js';
import { appliesBeforeForwarding } from './applies-before-forwarding.js';
import { backupFiltersLast } from './backup-filters-last.js';
import { backupNeverFilters } from './backup-never-filters.js';
import { exitsOnLostCall } from './exits-on-lost-call.js';
import { forwardBlocks } from './forward-blocks.js';
import { forwardResultIgnored } from './forward-result-ignored.js';
import { forwardsTheHash } from './forwards-the-hash.js';
import { forwardsTheResult } from './forwards-the-result.js';
import { forwardsWithoutLock } from './forwards-without-lock.js';
import { lostForwardDropped } from './lost-forward-dropped.js';
import { noForward } from './no-forward.js';
import { queueOfEight } from './queue-of-eight.js';

export const FORWARDING_MUTANTS: readonly Mutant[] = [
  forwardResultIgnored,
  forwardBlocks,
  forwardsTheResult,
  noForward,
  answersBeforeForward,
  forwardsWithoutLock,
  lostForwardDropped,
  backupNeverFilters,
  backupFiltersLast,
  appliesBeforeForwarding,
  exitsOnLostCall,
  forwardsTheHash,
  queueOfEight,
];
