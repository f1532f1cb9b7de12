/** Servers that crash, freeze and come back, one after the other. */

import type { Scenario } from '../stage/scenario.js';
import { chaos } from './chaos.js';
import { frozenBackup } from './frozen-backup.js';
import { frozenPrimary } from './frozen-primary.js';
import { frozenViewService } from './frozen-view-service.js';
import { repeatedCrashPuthash, repeatedCrashUnreliable } from './repeated-crash-unreliable.js';
import { repeatedCrash, repeatedFreeze } from './repeated-strikes.js';

export const CRASHES: readonly Scenario[] = [
  frozenPrimary,
  frozenBackup,
  frozenViewService,
  repeatedCrash,
  repeatedCrashUnreliable,
  repeatedCrashPuthash,
  repeatedFreeze,
  chaos,
];
