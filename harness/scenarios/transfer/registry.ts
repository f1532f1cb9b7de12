/** The database and the duplicate filter on their way to a new backup. */

import type { Scenario } from '../stage/scenario.js';
import {
  backupDiesDuringTransfer,
  primaryDiesDuringTransfer,
} from './member-dies-during-transfer.js';
import { transferArrivesLate } from './transfer-arrives-late.js';
import { transferCutOff } from './transfer-cut-off.js';
import { transferLarge } from './transfer-large.js';
import { transferOutlastsPings } from './transfer-outlasts-pings.js';
import { transferRacesUpdates } from './transfer-races-updates.js';

export const TRANSFER: readonly Scenario[] = [
  transferLarge,
  transferCutOff,
  transferRacesUpdates,
  transferOutlastsPings,
  transferArrivesLate,
  backupDiesDuringTransfer,
  primaryDiesDuringTransfer,
];
