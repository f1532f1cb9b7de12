/** A server joins or dies, and the service goes on with all its data, or rightly falls silent. */

import { addABackup } from './add-a-backup.js';
import { getAfterPrimaryFailure } from './get-after-primary-failure.js';
import {
  lastServerKilled,
  lastServerRestarted,
  soleServerRestarted,
} from './last-server-killed.js';
import { primaryFailure } from './primary-failure.js';
import { putAfterBackupFailure, putAfterPrimaryFailure } from './put-after-failure.js';
import { secondFailover } from './second-failover.js';
import type { Scenario } from '../stage/scenario.js';

export const FAILOVER: readonly Scenario[] = [
  addABackup,
  primaryFailure,
  secondFailover,
  lastServerKilled,
  lastServerRestarted,
  soleServerRestarted,
  putAfterBackupFailure,
  putAfterPrimaryFailure,
  getAfterPrimaryFailure,
];
