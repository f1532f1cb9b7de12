/**
 * Mistakes about who may answer whom, and about who is still there. A new one is a file beside this and
 * a line here.
 */

import type { Mutant } from '../../mutant.js';
import { backupServesClients } from './backup-serves-clients.js';
import { backupTakesAnyForward } from './backup-takes-any-forward.js';
import { buriesPrimary } from './buries-primary.js';
import { forwardTimesOut } from './forward-times-out.js';
import { forwardsFromAnyone } from './forwards-from-anyone.js';
import { forwardsFromOldView } from './forwards-from-old-view.js';
import { givesUpOnItsBackup } from './gives-up-on-its-backup.js';
import { givesUpSlowPings } from './gives-up-slow-pings.js';
import { idleServesClients } from './idle-serves-clients.js';
import { keepsStaleData } from './keeps-stale-data.js';
import { leaseReads } from './lease-reads.js';
import { missingKeysFromMemory } from './missing-keys-from-memory.js';
import { primaryTakesTransfers } from './primary-takes-transfers.js';
import { readsFromMemory } from './reads-from-memory.js';
import { refusalAcknowledged } from './refusal-acknowledged.js';
import { resignsWhenPingFails } from './resigns-when-ping-fails.js';
import { restartedBackupResumes } from './restarted-backup-resumes.js';
import { restartedPrimaryResumes } from './restarted-primary-resumes.js';
import { restartedPrimaryServes } from './restarted-primary-serves.js';
import { sameValueSkipped } from './same-value-skipped.js';
import { servesAloneWhenCutOff } from './serves-alone-when-cut-off.js';
import { servesBeforeFirstView } from './serves-before-first-view.js';
import { startsOverWhenCutOff } from './starts-over-when-cut-off.js';
import { takesOldAnswers } from './takes-old-answers.js';
import { takesOverByItself } from './takes-over-by-itself.js';
import { unreachableBackupSkipped } from './unreachable-backup-skipped.js';

export const ROLE_MUTANTS: readonly Mutant[] = [
  backupServesClients,
  idleServesClients,
  servesBeforeFirstView,
  restartedPrimaryServes,
  forwardsFromAnyone,
  forwardsFromOldView,
  refusalAcknowledged,
  primaryTakesTransfers,
  readsFromMemory,
  leaseReads,
  servesAloneWhenCutOff,
  unreachableBackupSkipped,
  forwardTimesOut,
  resignsWhenPingFails,
  givesUpSlowPings,
  takesOverByItself,
  keepsStaleData,
  buriesPrimary,
  restartedPrimaryResumes,
  restartedBackupResumes,
  backupTakesAnyForward,
  takesOldAnswers,
  sameValueSkipped,
  missingKeysFromMemory,
  givesUpOnItsBackup,
  startsOverWhenCutOff,
];
