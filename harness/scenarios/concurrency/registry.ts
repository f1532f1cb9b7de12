/** Several clients at once, on reliable and on unreliable networks. */

import { concurrentMixedUnreliable } from './concurrent-mixed-unreliable.js';
import { concurrentPutHash, concurrentPutHashUnreliable } from './concurrent-puthash.js';
import {
  concurrentAppends,
  concurrentAppendsUnreliable,
  concurrentPuts,
  concurrentPutsUnreliable,
} from './concurrent-updates.js';
import type { Scenario } from '../stage/scenario.js';

export const CONCURRENCY: readonly Scenario[] = [
  concurrentPuts,
  concurrentPutsUnreliable,
  concurrentAppends,
  concurrentAppendsUnreliable,
  concurrentPutHash,
  concurrentPutHashUnreliable,
  concurrentMixedUnreliable,
];
