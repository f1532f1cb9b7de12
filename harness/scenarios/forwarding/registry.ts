/** Forwards that are lost, late or cut off while the primary waits for them. */

import { backupDiesMidForward } from './backup-dies-mid-forward.js';
import { forwardLostThenFailover } from './forward-lost-then-failover.js';
import type { Scenario } from '../stage/scenario.js';

export const FORWARDING: readonly Scenario[] = [backupDiesMidForward, forwardLostThenFailover];
