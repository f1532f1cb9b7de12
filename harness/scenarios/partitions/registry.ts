/** Networks that are cut in two, in every possible place. */

import type { Scenario } from '../stage/scenario.js';
import { readsNeedTheBackup, writesNeedTheBackup } from './backup-out-of-reach.js';
import { clerkCutOff } from './clerk-cut-off.js';
import { deposedPrimaryComesBack } from './deposed-primary-comes-back.js';
import {
  deposedPrimaryRefusesReads,
  deposedPrimaryWithoutBackup,
} from './deposed-primary-reads.js';
import { deposedWithinItsLease } from './deposed-within-its-lease.js';
import { isolatedPrimaryRefusesWrites } from './isolated-primary-refuses-writes.js';
import { slowViewService, viewServiceOutOfReach } from './view-service-out-of-reach.js';

export const PARTITIONS: readonly Scenario[] = [
  deposedPrimaryRefusesReads,
  deposedPrimaryWithoutBackup,
  isolatedPrimaryRefusesWrites,
  deposedWithinItsLease,
  deposedPrimaryComesBack,
  writesNeedTheBackup,
  readsNeedTheBackup,
  viewServiceOutOfReach,
  slowViewService,
  clerkCutOff,
];
