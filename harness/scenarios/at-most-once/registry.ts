/** Every update takes effect once, however often its clerk had to retry. */

import { appendRetriedAfterFailover } from './append-retried-after-failover.js';
import { atMostOnceAppend } from './at-most-once-append.js';
import type { Scenario } from '../stage/scenario.js';

export const AT_MOST_ONCE: readonly Scenario[] = [atMostOnceAppend, appendRetriedAfterFailover];
