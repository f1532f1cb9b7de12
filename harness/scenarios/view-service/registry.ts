/** Part A: the view service alone, with the kit in the place of the servers. */

import type { Scenario } from '../stage/scenario.js';
import {
  viewAcknowledgedOnlyByPrimary,
  viewUnacknowledgedPrimaryDead,
  viewWaitsForAcknowledgement,
} from './acknowledgement.js';
import { viewConcurrentPings } from './concurrent-pings.js';
import {
  viewDeadBackupRemoved,
  viewDeadBackupReplaced,
  viewDeadIdleNotTaken,
} from './dead-backup.js';
import {
  viewFirstBackup,
  viewFirstPrimary,
  viewFirstPrimaryNonzero,
  viewZero,
} from './first-view.js';
import { generatedViews } from './generated-views.js';
import { viewManyClients } from './many-clients.js';
import { viewNumbersStorm } from './numbers-storm.js';
import {
  viewRestartedBackup,
  viewRestartedBecomesBackup,
  viewRestartedPrimary,
} from './restarts.js';
import { viewLatePings, viewNewcomerWaits, viewShortSilence } from './stability.js';
import { viewBackupTakesOver, viewDeposedPrimary, viewRefilledAtTakeover } from './takeover.js';
import { viewRestartedSolePrimary, viewUninitialisedNeverPrimary } from './uninitialised.js';

export const VIEW_SERVICE: readonly Scenario[] = [
  viewZero,
  viewFirstPrimary,
  viewFirstPrimaryNonzero,
  viewFirstBackup,
  viewNewcomerWaits,
  viewShortSilence,
  viewLatePings,
  viewBackupTakesOver,
  viewRefilledAtTakeover,
  viewDeposedPrimary,
  viewDeadBackupRemoved,
  viewDeadBackupReplaced,
  viewDeadIdleNotTaken,
  viewRestartedBecomesBackup,
  viewRestartedPrimary,
  viewRestartedBackup,
  viewWaitsForAcknowledgement,
  viewUnacknowledgedPrimaryDead,
  viewAcknowledgedOnlyByPrimary,
  viewUninitialisedNeverPrimary,
  viewRestartedSolePrimary,
  viewNumbersStorm,
  viewConcurrentPings,
  viewManyClients,
  generatedViews,
];
