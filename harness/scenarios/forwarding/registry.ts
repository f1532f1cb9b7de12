/** Forwards that are lost, late or cut off while the primary waits for them. */

import type { Scenario } from '../stage/scenario.js';
import { backupDiesMidForward } from './backup-dies-mid-forward.js';
import { forwardArrivesLate } from './forward-arrives-late.js';
import { forwardExecutedUnanswered } from './forward-executed-unanswered.js';
import { forwardLostThenFailover } from './forward-lost-then-failover.js';
import { forwardsHeld } from './forwards-held.js';
import { forwardsReordered } from './forwards-reordered.js';
import { readSurvivesFailover } from './read-survives-failover.js';

export const FORWARDING: readonly Scenario[] = [
  backupDiesMidForward,
  forwardLostThenFailover,
  forwardsHeld,
  forwardsReordered,
  forwardExecutedUnanswered,
  forwardArrivesLate,
  readSurvivesFailover,
];
