/** Mistakes of view services. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { answersOldPingsWithOldViews } from './answers-old-pings-with-old-views.js';
import { answersOneByOne } from './answers-one-by-one.js';
import { anyNumberAcknowledges } from './any-number-acknowledges.js';
import { anyServerAcknowledges } from './any-server-acknowledges.js';
import { countsATakeoverTwice } from './counts-a-takeover-twice.js';
import { firstComeFirstServed } from './first-come-first-served.js';
import { firstPingMustBeZero } from './first-ping-must-be-zero.js';
import { forgetsRestartBeforeAcknowledgement } from './forgets-restart-before-acknowledgement.js';
import { hidesUnacknowledgedViews } from './hides-unacknowledged-views.js';
import { ignoresRestartedBackup } from './ignores-restarted-backup.js';
import { ignoresRestartedPrimary } from './ignores-restarted-primary.js';
import { keepsADeadBackup } from './keeps-a-dead-backup.js';
import { leavesViewOfDeadPrimary } from './leaves-view-of-dead-primary.js';
import { looksAtLastPings } from './looks-at-last-pings.js';
import { neverGivesUpAPrimary } from './never-gives-up-a-primary.js';
import { newestBecomesBackup } from './newest-becomes-backup.js';
import { noBackupNoRestart } from './no-backup-no-restart.js';
import { noSecondLife } from './no-second-life.js';
import { oldNumberIsRestart } from './old-number-is-restart.js';
import { onlyZeroPingsAreIdle } from './only-zero-pings-are-idle.js';
import { promotesARestartedBackup } from './promotes-a-restarted-backup.js';
import { promotesAnIdleServer } from './promotes-an-idle-server.js';
import { quickRestartUnnoticed } from './quick-restart-unnoticed.js';
import { refillsInASecondView } from './refills-in-a-second-view.js';
import { restartBreaksTheWait } from './restart-breaks-the-wait.js';
import { restoresOldPrimary } from './restores-old-primary.js';
import { reusesANumber } from './reuses-a-number.js';
import { shortSilenceIsDeath } from './short-silence-is-death.js';
import { slowToBury } from './slow-to-bury.js';
import { soleRestartChangesNothing } from './sole-restart-changes-nothing.js';
import { startsAfresh } from './starts-afresh.js';
import { startsAtViewOne } from './starts-at-view-one.js';
import { takeoverNeedsNoAcknowledgement } from './takeover-needs-no-acknowledgement.js';
import { takesADeadSpare } from './takes-a-dead-spare.js';
import { waitsForASecondZero } from './waits-for-a-second-zero.js';
import { withoutLock } from './without-lock.js';

export const VIEW_SERVICE_MUTANTS: readonly Mutant[] = [
  startsAtViewOne,
  hidesUnacknowledgedViews,
  firstPingMustBeZero,
  reusesANumber,
  newestBecomesBackup,
  shortSilenceIsDeath,
  oldNumberIsRestart,
  answersOldPingsWithOldViews,
  neverGivesUpAPrimary,
  countsATakeoverTwice,
  refillsInASecondView,
  restoresOldPrimary,
  keepsADeadBackup,
  onlyZeroPingsAreIdle,
  takesADeadSpare,
  noSecondLife,
  ignoresRestartedPrimary,
  ignoresRestartedBackup,
  anyNumberAcknowledges,
  leavesViewOfDeadPrimary,
  anyServerAcknowledges,
  promotesAnIdleServer,
  startsAfresh,
  restartBreaksTheWait,
  forgetsRestartBeforeAcknowledgement,
  promotesARestartedBackup,
  noBackupNoRestart,
  slowToBury,
  looksAtLastPings,
  firstComeFirstServed,
  takeoverNeedsNoAcknowledgement,
  withoutLock,
  answersOneByOne,
  waitsForASecondZero,
  quickRestartUnnoticed,
  soleRestartChangesNothing,
];
