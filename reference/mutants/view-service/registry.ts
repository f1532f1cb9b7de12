/** Mistakes of view services. A new one is a file beside this and an entry here. */

import type { Mutant } from '../../mutant.js';
import { AnswersOldPingsWithOldViews } from './answers-old-pings-with-old-views.js';
import { AnswersOneByOne } from './answers-one-by-one.js';
import { AnyNumberAcknowledges } from './any-number-acknowledges.js';
import { AnyServerAcknowledges } from './any-server-acknowledges.js';
import { CountsATakeoverTwice } from './counts-a-takeover-twice.js';
import { FirstComeFirstServed } from './first-come-first-served.js';
import { FirstPingMustBeZero } from './first-ping-must-be-zero.js';
import { ForgetsRestartBeforeAcknowledgement } from './forgets-restart-before-acknowledgement.js';
import { HidesUnacknowledgedViews } from './hides-unacknowledged-views.js';
import { IgnoresRestartedBackup } from './ignores-restarted-backup.js';
import { IgnoresRestartedPrimary } from './ignores-restarted-primary.js';
import { KeepsADeadBackup } from './keeps-a-dead-backup.js';
import { LeavesViewOfDeadPrimary } from './leaves-view-of-dead-primary.js';
import { LooksAtLastPings } from './looks-at-last-pings.js';
import { NeverGivesUpAPrimary } from './never-gives-up-a-primary.js';
import { NewestBecomesBackup } from './newest-becomes-backup.js';
import { NoBackupNoRestart } from './no-backup-no-restart.js';
import { NoSecondLife } from './no-second-life.js';
import { OldNumberIsRestart } from './old-number-is-restart.js';
import { OnlyZeroPingsAreIdle } from './only-zero-pings-are-idle.js';
import { PromotesARestartedBackup } from './promotes-a-restarted-backup.js';
import { PromotesAnIdleServer } from './promotes-an-idle-server.js';
import { QuickRestartUnnoticed } from './quick-restart-unnoticed.js';
import { RefillsInASecondView } from './refills-in-a-second-view.js';
import { RestartBreaksTheWait } from './restart-breaks-the-wait.js';
import { RestoresOldPrimary } from './restores-old-primary.js';
import { ReusesANumber } from './reuses-a-number.js';
import { ShortSilenceIsDeath } from './short-silence-is-death.js';
import { SoleRestartChangesNothing } from './sole-restart-changes-nothing.js';
import { SlowToBury } from './slow-to-bury.js';
import { StartsAfresh } from './starts-afresh.js';
import { StartsAtViewOne } from './starts-at-view-one.js';
import { TakeoverNeedsNoAcknowledgement } from './takeover-needs-no-acknowledgement.js';
import { TakesADeadSpare } from './takes-a-dead-spare.js';
import { WaitsForASecondZero } from './waits-for-a-second-zero.js';
import { WithoutLock } from './without-lock.js';

export const VIEW_SERVICE_MUTANTS: readonly Mutant[] = [
  {
    name: 'starts-at-view-one',
    replaces: 'view service',
    thought: 'Views are numbered from 1, so that is where my number starts.',
    parts: () => ({ view: StartsAtViewOne }),
    caughtBy: ['view-zero'],
    passes: ['view-first-primary', 'view-backup-takes-over'],
  },
  {
    name: 'hides-unacknowledged-views',
    replaces: 'view service',
    thought:
      'A view counts once its primary has acknowledged it, so until then I show the one before.',
    parts: () => ({ view: HidesUnacknowledgedViews }),
    caughtBy: ['view-first-primary'],
    passes: ['view-waits-for-acknowledgement', 'view-backup-takes-over'],
  },
  {
    name: 'first-ping-must-be-zero',
    replaces: 'view service',
    thought:
      'A server that pings with a number has been in a view, and I know of none, so it must restart first.',
    parts: () => ({ view: FirstPingMustBeZero }),
    caughtBy: ['view-first-primary-nonzero'],
    passes: ['view-first-primary'],
  },
  {
    name: 'reuses-a-number',
    replaces: 'view service',
    thought: 'The primary stays the same, so it is still the same view.',
    parts: () => ({ view: ReusesANumber }),
    caughtBy: ['view-first-backup'],
    passes: ['view-first-primary'],
  },
  {
    name: 'newest-becomes-backup',
    replaces: 'view service',
    thought: 'The newest server becomes backup: it has the most life before it.',
    parts: () => ({ view: NewestBecomesBackup }),
    caughtBy: ['view-newcomer-waits'],
    passes: ['view-backup-takes-over'],
  },
  {
    name: 'short-silence-is-death',
    replaces: 'view service',
    thought: 'Three ticks without a ping, and it is dead.',
    parts: () => ({ view: ShortSilenceIsDeath }),
    caughtBy: ['view-short-silence'],
    passes: ['view-backup-takes-over'],
  },
  {
    name: 'old-number-is-restart',
    replaces: 'view service',
    thought: 'A server whose number goes down has forgotten where it was, so it has restarted.',
    parts: () => ({ view: OldNumberIsRestart }),
    caughtBy: ['view-late-pings'],
    passes: ['view-restarted-primary'],
  },
  {
    name: 'answers-old-pings-with-old-views',
    replaces: 'view service',
    thought: 'A server that has gone back to an old number wants to hear what that view was.',
    parts: () => ({ view: AnswersOldPingsWithOldViews }),
    caughtBy: ['view-late-pings'],
    passes: ['view-restarted-primary'],
  },
  {
    name: 'never-gives-up-a-primary',
    replaces: 'view service',
    thought: 'The primary has the data, so I wait until it is back.',
    parts: () => ({ view: NeverGivesUpAPrimary }),
    caughtBy: ['view-backup-takes-over'],
    passes: ['view-restarted-primary', 'view-dead-backup-removed'],
  },
  {
    name: 'counts-a-takeover-twice',
    replaces: 'view service',
    thought: 'One server leaves and one is promoted: that is two changes.',
    parts: () => ({ view: CountsATakeoverTwice }),
    caughtBy: ['view-backup-takes-over'],
    passes: ['view-first-backup'],
  },
  {
    name: 'refills-in-a-second-view',
    replaces: 'view service',
    thought: 'First the promotion, then, in the next view, a new backup.',
    parts: () => ({ view: RefillsInASecondView }),
    caughtBy: ['view-refilled-at-takeover'],
    passes: ['view-backup-takes-over', 'view-dead-backup-replaced'],
  },
  {
    name: 'restores-old-primary',
    replaces: 'view service',
    thought: 'It was only away for a moment, so it may go on as primary.',
    parts: () => ({ view: RestoresOldPrimary }),
    caughtBy: ['view-deposed-primary'],
    passes: ['view-backup-takes-over', 'view-restarted-becomes-backup'],
  },
  {
    name: 'keeps-a-dead-backup',
    replaces: 'view service',
    thought: 'I replace a dead backup as soon as there is another.',
    parts: () => ({ view: KeepsADeadBackup }),
    caughtBy: ['view-dead-backup-removed'],
    passes: ['view-dead-backup-replaced'],
  },
  {
    name: 'only-zero-pings-are-idle',
    replaces: 'view service',
    thought: 'A server that is in no view pings with 0.',
    parts: () => ({ view: OnlyZeroPingsAreIdle }),
    caughtBy: ['view-dead-backup-replaced'],
    passes: ['view-refilled-at-takeover'],
  },
  {
    name: 'takes-a-dead-spare',
    replaces: 'view service',
    thought: 'Whoever has pinged is on my list of spare servers.',
    parts: () => ({ view: TakesADeadSpare }),
    caughtBy: ['view-dead-idle-not-taken'],
    passes: ['view-dead-backup-replaced', 'view-dead-backup-removed'],
  },
  {
    name: 'no-second-life',
    replaces: 'view service',
    thought:
      'A server that was a member and comes back with 0 has lost its data, so it is of no use any more.',
    parts: () => ({ view: NoSecondLife }),
    caughtBy: ['view-restarted-becomes-backup'],
    passes: ['view-restarted-backup'],
  },
  {
    name: 'ignores-restarted-primary',
    replaces: 'view service',
    thought: 'It pings, so it lives.',
    parts: () => ({ view: IgnoresRestartedPrimary }),
    caughtBy: ['view-restarted-primary'],
    passes: ['view-restarted-backup'],
  },
  {
    name: 'ignores-restarted-backup',
    replaces: 'view service',
    thought: 'A backup that restarts is backup again, so nothing has changed.',
    parts: () => ({ view: IgnoresRestartedBackup }),
    caughtBy: ['view-restarted-backup'],
    passes: ['view-restarted-primary'],
  },
  {
    name: 'any-number-acknowledges',
    replaces: 'view service',
    thought: 'I have answered the primary with the new view, so its next ping acknowledges it.',
    parts: () => ({ view: AnyNumberAcknowledges }),
    caughtBy: ['view-waits-for-acknowledgement'],
    passes: ['view-unacknowledged-primary-dead'],
  },
  {
    name: 'leaves-view-of-dead-primary',
    replaces: 'view service',
    thought: 'A dead primary cannot acknowledge anything, so there is nothing to wait for.',
    parts: () => ({ view: LeavesViewOfDeadPrimary }),
    caughtBy: ['view-unacknowledged-primary-dead'],
    passes: ['view-waits-for-acknowledgement'],
  },
  {
    name: 'any-server-acknowledges',
    replaces: 'view service',
    thought: 'Somebody has pinged with the number of the view, so it has begun.',
    parts: () => ({ view: AnyServerAcknowledges }),
    caughtBy: ['view-acknowledged-only-by-primary'],
    passes: ['view-waits-for-acknowledgement'],
  },
  {
    name: 'promotes-an-idle-server',
    replaces: 'view service',
    thought: 'Primary and backup are gone, but here is a third server: the show must go on.',
    parts: () => ({ view: PromotesAnIdleServer }),
    caughtBy: ['view-uninitialised-never-primary'],
    passes: ['view-backup-takes-over'],
  },
  {
    name: 'starts-afresh',
    replaces: 'view service',
    thought:
      'The only server has restarted and there is no backup, so the service starts again from the beginning, with whoever is there.',
    parts: () => ({ view: StartsAfresh }),
    caughtBy: ['view-restarted-sole-primary'],
    passes: ['view-uninitialised-never-primary'],
  },
  {
    name: 'restart-breaks-the-wait',
    replaces: 'view service',
    thought: 'Whoever restarts is out at once, that cannot wait.',
    parts: () => ({ view: RestartBreaksTheWait }),
    caughtBy: ['view-numbers-storm'],
    passes: ['view-waits-for-acknowledgement', 'view-restarted-primary'],
  },
  {
    name: 'forgets-restart-before-acknowledgement',
    replaces: 'view service',
    thought:
      'A view that is not acknowledged has not begun, so nobody can have lost anything in it.',
    parts: () => ({ view: ForgetsRestartBeforeAcknowledgement }),
    caughtBy: ['generated-views'],
    passes: ['view-restarted-primary', 'view-restarted-backup'],
  },
  {
    name: 'promotes-a-restarted-backup',
    replaces: 'view service',
    thought: 'The primary is gone, and the backup pings: it takes over.',
    parts: () => ({ view: PromotesARestartedBackup }),
    caughtBy: ['generated-views'],
    passes: ['view-restarted-backup', 'view-uninitialised-never-primary'],
  },
  {
    name: 'no-backup-no-restart',
    replaces: 'view service',
    thought: 'Without a backup there is nobody to take over, so the primary may as well go on.',
    parts: () => ({ view: NoBackupNoRestart }),
    caughtBy: ['generated-views'],
    passes: ['view-restarted-primary', 'view-restarted-sole-primary'],
  },
  {
    name: 'slow-to-bury',
    replaces: 'view service',
    thought: 'Better to wait a little longer than to depose a primary that lives.',
    parts: () => ({ view: SlowToBury }),
    caughtBy: ['generated-views'],
    passes: ['view-restarted-primary', 'view-short-silence'],
  },
  {
    name: 'looks-at-last-pings',
    replaces: 'view service',
    thought: 'At each tick I look at what every server has pinged last.',
    parts: () => ({ view: LooksAtLastPings }),
    caughtBy: ['generated-views'],
    passes: ['view-restarted-primary', 'view-restarted-backup'],
  },
  {
    name: 'first-come-first-served',
    replaces: 'view service',
    thought: 'Spare servers wait in a queue, and the first in it is next.',
    parts: () => ({ view: FirstComeFirstServed }),
    caughtBy: ['generated-views'],
    passes: ['view-dead-idle-not-taken', 'view-dead-backup-replaced'],
  },
  {
    name: 'takeover-needs-no-acknowledgement',
    replaces: 'view service',
    thought:
      'A backup that takes over has all the data, so there is nothing that it could acknowledge.',
    parts: () => ({ view: TakeoverNeedsNoAcknowledgement }),
    caughtBy: ['generated-views'],
    passes: ['view-backup-takes-over', 'view-waits-for-acknowledgement'],
  },
  {
    name: 'without-lock',
    replaces: 'view service',
    thought: 'A handler is only a few lines, nothing can come between.',
    parts: () => ({ view: WithoutLock }),
    caughtBy: ['view-concurrent-pings'],
    passes: ['view-backup-takes-over'],
  },
  {
    name: 'answers-one-by-one',
    replaces: 'view service',
    thought:
      'One request at a time, and each is written to the log before it is answered: that is safest.',
    parts: () => ({ view: AnswersOneByOne }),
    caughtBy: ['view-many-clients'],
    passes: ['view-backup-takes-over'],
  },
  {
    name: 'waits-for-a-second-zero',
    replaces: 'view service',
    thought:
      'A ping with 0 may be an old one that was late; only a second one in a row proves a restart.',
    parts: () => ({ view: WaitsForASecondZero }),
    caughtBy: ['generated-membership'],
    passes: ['view-restarted-backup', 'repeated-crash'],
  },
  {
    name: 'quick-restart-unnoticed',
    replaces: 'view service',
    thought:
      'A crash takes a while. A server that pinged a moment ago and pings 0 now has not crashed.',
    parts: () => ({ view: QuickRestartUnnoticed }),
    caughtBy: ['view-restarted-primary', 'view-restarted-backup'],
    passes: ['primary-failure', 'repeated-crash'],
  },
  {
    name: 'sole-restart-changes-nothing',
    replaces: 'view service',
    thought:
      'The only server has restarted, and nobody else can lead, so the view stays what it is.',
    parts: () => ({ view: SoleRestartChangesNothing }),
    caughtBy: ['sole-server-restarted'],
    passes: ['view-restarted-sole-primary', 'last-server-restarted'],
  },
];
