/** Servers that crash, freeze and come back, one after the other. */

import { frozenBackup } from './frozen-backup.js';
import { frozenPrimary } from './frozen-primary.js';
import { frozenViewService } from './frozen-view-service.js';
import { repeatedCrash, repeatedFreeze } from './repeated-strikes.js';
import type { Scenario } from '../stage/scenario.js';

export const CRASHES: readonly Scenario[] = [
  frozenPrimary,
  frozenBackup,
  frozenViewService,
  repeatedCrash,
  repeatedFreeze,
];
