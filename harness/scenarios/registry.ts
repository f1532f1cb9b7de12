/** All scenarios, in the order in which they are listed and run. */

import { addABackup } from './add-a-backup.js';
import { appendRetriedAfterFailover } from './append-retried-after-failover.js';
import { atMostOnceAppend } from './at-most-once-append.js';
import { backupDiesMidForward } from './backup-dies-mid-forward.js';
import { concurrentMixedUnreliable } from './concurrent-mixed-unreliable.js';
import {
  concurrentAppends,
  concurrentAppendsUnreliable,
  concurrentPuts,
  concurrentPutsUnreliable,
} from './concurrent-updates.js';
import { forwardLostThenFailover } from './forward-lost-then-failover.js';
import { lastServerKilled } from './last-server-killed.js';
import { primaryFailure } from './primary-failure.js';
import { putAfterBackupFailure, putAfterPrimaryFailure } from './put-after-failure.js';
import { repeatedCrash, repeatedFreeze } from './repeated-strikes.js';
import type { Scenario } from './scenario.js';
import { singlePrimary } from './single-primary.js';

/** The scenario of this id; undefined if there is none. */
export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

export const SCENARIOS: readonly Scenario[] = [
  singlePrimary,
  addABackup,
  primaryFailure,
  lastServerKilled,
  atMostOnceAppend,
  appendRetriedAfterFailover,
  putAfterBackupFailure,
  putAfterPrimaryFailure,
  concurrentPuts,
  concurrentPutsUnreliable,
  concurrentAppends,
  concurrentAppendsUnreliable,
  concurrentMixedUnreliable,
  backupDiesMidForward,
  forwardLostThenFailover,
  repeatedCrash,
  repeatedFreeze,
];
