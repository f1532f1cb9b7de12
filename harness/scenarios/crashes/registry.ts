/** Servers that crash, freeze and come back, one after the other. */

import { frozenBackup } from './frozen-backup.js';
import { repeatedCrash, repeatedFreeze } from './repeated-strikes.js';
import type { Scenario } from '../stage/scenario.js';

export const CRASHES: readonly Scenario[] = [repeatedCrash, repeatedFreeze, frozenBackup];
