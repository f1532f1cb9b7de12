/** Every update takes effect once, however often its clerk had to retry. */

import { atMostOnceAppend, atMostOncePutHash } from './at-most-once.js';
import { clerkDiesMidOperation } from './clerk-dies-mid-operation.js';
import { equalValues } from './equal-values.js';
import {
  appendRetriedAfterFailover,
  forwardedAppendRetriedAfterFailover,
  forwardedPutHashRetriedAfterFailover,
  putHashRetriedAfterFailover,
} from './retried-after-failover.js';
import { retryOverlapsOriginal } from './retry-overlaps-original.js';
import type { Scenario } from '../stage/scenario.js';

export const AT_MOST_ONCE: readonly Scenario[] = [
  atMostOnceAppend,
  atMostOncePutHash,
  appendRetriedAfterFailover,
  forwardedAppendRetriedAfterFailover,
  putHashRetriedAfterFailover,
  forwardedPutHashRetriedAfterFailover,
  equalValues,
  retryOverlapsOriginal,
  clerkDiesMidOperation,
];
