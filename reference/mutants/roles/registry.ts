/**
 * Mistakes about who may answer whom, and about who is still there. A new one is a file beside this and
 * an entry here.
 */

import type { Mutant } from '../../mutant.js';
import { BackupServesClients } from './backup-serves-clients.js';
import { BackupTakesAnyForward } from './backup-takes-any-forward.js';
import { BuriesPrimary } from './buries-primary.js';
import { ForwardTimesOut } from './forward-times-out.js';
import { ForwardsFromAnyone } from './forwards-from-anyone.js';
import { ForwardsFromOldView } from './forwards-from-old-view.js';
import { GivesUpOnItsBackup } from './gives-up-on-its-backup.js';
import { GivesUpSlowPings } from './gives-up-slow-pings.js';
import { IdleServesClients } from './idle-serves-clients.js';
import { KeepsStaleData } from './keeps-stale-data.js';
import { LeaseReads } from './lease-reads.js';
import { MissingKeysFromMemory } from './missing-keys-from-memory.js';
import { PrimaryTakesTransfers } from './primary-takes-transfers.js';
import { ReadsFromMemory } from './reads-from-memory.js';
import { RefusalAcknowledged } from './refusal-acknowledged.js';
import { ResignsWhenPingFails } from './resigns-when-ping-fails.js';
import { RestartedBackupResumes } from './restarted-backup-resumes.js';
import { RestartedPrimaryResumes } from './restarted-primary-resumes.js';
import { RestartedPrimaryServes } from './restarted-primary-serves.js';
import { SameValueSkipped } from './same-value-skipped.js';
import { ServesAloneWhenCutOff } from './serves-alone-when-cut-off.js';
import { ServesBeforeFirstView } from './serves-before-first-view.js';
import { StartsOverWhenCutOff } from './starts-over-when-cut-off.js';
import { TakesOldAnswers } from './takes-old-answers.js';
import { TakesOverByItself } from './takes-over-by-itself.js';
import { UnreachableBackupSkipped } from './unreachable-backup-skipped.js';

export const ROLE_MUTANTS: readonly Mutant[] = [
  {
    name: 'backup-serves-clients',
    replaces: 'server',
    thought: 'The backup has all the data, too, so it may as well answer.',
    parts: () => ({ server: BackupServesClients }),
    caughtBy: ['backup-refuses-clients'],
    passes: ['primary-failure', 'concurrent-puts'],
  },
  {
    name: 'idle-serves-clients',
    replaces: 'server',
    thought: 'Only the backup has to refuse clients.',
    parts: () => ({ server: IdleServesClients }),
    caughtBy: ['idle-refuses-clients'],
    passes: ['primary-failure', 'put-after-primary-failure'],
  },
  {
    name: 'serves-before-first-view',
    replaces: 'server',
    thought: 'Until the view service has told me otherwise, I am the only server there is.',
    parts: () => ({ server: ServesBeforeFirstView }),
    caughtBy: ['restarted-primary-refuses-clients'],
    passes: ['single-primary', 'primary-failure'],
  },
  {
    name: 'restarted-primary-serves',
    replaces: 'server',
    thought: 'The view service says that I am the primary, so I am.',
    parts: () => ({ server: RestartedPrimaryServes }),
    caughtBy: ['last-server-restarted'],
    passes: ['primary-failure', 'last-server-killed'],
  },
  {
    name: 'forwards-from-anyone',
    replaces: 'server',
    thought: 'Only a primary forwards, so whoever forwards is the primary.',
    parts: () => ({ server: ForwardsFromAnyone }),
    caughtBy: ['promoted-backup-refuses-forwards'],
    passes: ['primary-failure', 'concurrent-puts'],
  },
  {
    name: 'forwards-from-old-view',
    replaces: 'server',
    thought: 'A forward that comes late is still a forward of my primary, and must not be lost.',
    parts: () => ({ server: ForwardsFromOldView }),
    caughtBy: ['promoted-backup-refuses-forwards'],
    passes: ['primary-failure', 'concurrent-puts'],
  },
  {
    name: 'refusal-acknowledged',
    replaces: 'server',
    thought:
      'My backup says that it is not my backup any more, so I have none and need not forward.',
    parts: () => ({ server: RefusalAcknowledged }),
    caughtBy: ['promoted-backup-refuses-forwards'],
    passes: ['primary-failure', 'forward-lost-then-failover'],
  },
  {
    name: 'primary-takes-transfers',
    replaces: 'server',
    thought: 'Whoever sends me the whole database is ahead of me.',
    parts: () => ({ server: PrimaryTakesTransfers }),
    caughtBy: ['transfer-of-deposed-primary'],
    passes: ['transfer-arrives-late', 'primary-failure'],
  },
  {
    name: 'reads-from-memory',
    replaces: 'server',
    thought: 'A read changes nothing, so the backup need not hear of it.',
    parts: () => ({ server: ReadsFromMemory }),
    caughtBy: [
      'reads-need-the-backup',
      'deposed-primary-refuses-reads',
      'deposed-primary-without-backup',
      'frozen-primary',
    ],
    passes: ['primary-failure', 'concurrent-puts'],
  },
  {
    name: 'lease-reads',
    replaces: 'server',
    thought:
      'For five ping intervals after it has heard from me the view service cannot have deposed me, so until then I answer reads alone.',
    parts: () => ({ server: LeaseReads }),
    caughtBy: ['deposed-within-its-lease'],
    passes: ['primary-failure', 'deposed-primary-without-backup'],
  },
  {
    name: 'serves-alone-when-cut-off',
    replaces: 'server',
    thought:
      'I reach neither the view service nor my backup, so I am the last one left, and must carry on.',
    parts: () => ({ server: ServesAloneWhenCutOff }),
    caughtBy: ['isolated-primary-refuses-writes', 'deposed-primary-without-backup'],
    passes: ['deposed-primary-refuses-reads', 'writes-need-the-backup'],
  },
  {
    name: 'unreachable-backup-skipped',
    replaces: 'server',
    thought: "Nobody listens at the backup's address, so it is dead, and I go on alone.",
    parts: () => ({ server: UnreachableBackupSkipped }),
    caughtBy: ['writes-need-the-backup'],
    passes: ['put-after-backup-failure', 'primary-failure'],
  },
  {
    name: 'forward-times-out',
    replaces: 'server',
    thought:
      'A backup that has not answered for two ping intervals is dead, and the view service will soon say so.',
    parts: () => ({ server: ForwardTimesOut }),
    caughtBy: ['frozen-backup', 'forwards-held'],
    passes: ['backup-dies-mid-forward', 'primary-failure'],
  },
  {
    name: 'resigns-when-ping-fails',
    replaces: 'server',
    thought:
      'When the view service does not answer, I am cut off, and I serve again when I am named in a new view.',
    parts: () => ({ server: ResignsWhenPingFails }),
    caughtBy: ['view-service-out-of-reach'],
    passes: ['primary-failure', 'deposed-primary-refuses-reads'],
  },
  {
    name: 'gives-up-slow-pings',
    replaces: 'server',
    thought: 'A ping that is not answered before the next one is lost.',
    parts: () => ({ server: GivesUpSlowPings }),
    caughtBy: ['slow-view-service'],
    passes: ['primary-failure', 'concurrent-puts'],
  },
  {
    name: 'takes-over-by-itself',
    replaces: 'server',
    thought:
      'The view service has been silent for five pings, so it is dead, and the backup has to see for itself that somebody leads.',
    parts: () => ({ server: TakesOverByItself }),
    caughtBy: ['frozen-view-service'],
    passes: ['primary-failure', 'view-service-out-of-reach'],
  },
  {
    name: 'keeps-stale-data',
    replaces: 'server',
    thought: 'I was primary before, so I have the data already and need no transfer.',
    parts: () => ({ server: KeepsStaleData }),
    caughtBy: ['deposed-primary-comes-back'],
    passes: ['primary-failure', 'deposed-primary-refuses-reads'],
  },
  {
    name: 'buries-primary',
    replaces: 'clerk',
    thought:
      "Nobody listens at the primary's address, so it is dead, and there is no use in calling it again before the view service names another.",
    parts: () => ({ clerk: BuriesPrimary }),
    caughtBy: ['clerk-cut-off'],
    passes: ['put-after-primary-failure', 'at-most-once-append'],
  },
  {
    name: 'restarted-primary-resumes',
    replaces: 'server',
    thought: 'I ask for the view before I ping. If I am the primary, I go on from there.',
    parts: () => ({ server: RestartedPrimaryResumes }),
    caughtBy: ['last-server-restarted'],
    passes: ['repeated-crash', 'restarted-primary-refuses-clients'],
  },
  {
    name: 'restarted-backup-resumes',
    replaces: 'server',
    thought: 'I ask for the view before I ping. If I am the backup, I accept forwards again.',
    parts: () => ({ server: RestartedBackupResumes }),
    caughtBy: ['backup-dies-during-transfer'],
    passes: ['repeated-crash', 'last-server-restarted'],
  },
  {
    name: 'backup-takes-any-forward',
    replaces: 'server',
    thought:
      'Only a primary has a backup, so as long as I am backup, whoever forwards to me is my primary.',
    parts: () => ({ server: BackupTakesAnyForward }),
    caughtBy: ['generated-links'],
    passes: ['promoted-backup-refuses-forwards', 'transfer-of-deposed-primary'],
  },
  {
    name: 'takes-old-answers',
    replaces: 'server',
    thought: 'If the number that I am told differs from mine, the view has changed.',
    parts: () => ({ server: TakesOldAnswers }),
    caughtBy: ['generated-retries'],
    passes: ['slow-view-service', 'view-service-out-of-reach'],
  },
  {
    name: 'same-value-skipped',
    replaces: 'server',
    thought: 'The key has this value already, so there is nothing to do and nothing to forward.',
    parts: () => ({ server: SameValueSkipped }),
    caughtBy: ['generated-links'],
    passes: ['promoted-backup-refuses-forwards', 'isolated-primary-refuses-writes'],
  },
  {
    name: 'missing-keys-from-memory',
    replaces: 'server',
    thought: 'A read of a key that I do not have reads nothing, so there is nothing to forward.',
    parts: () => ({ server: MissingKeysFromMemory }),
    caughtBy: ['generated-links'],
    passes: ['deposed-primary-refuses-reads', 'deposed-primary-without-backup'],
  },
  {
    name: 'gives-up-on-its-backup',
    replaces: 'server',
    thought:
      'I have tried to reach my backup for three seconds. A service cannot stand still for ever, so I go on alone.',
    parts: () => ({ server: GivesUpOnItsBackup }),
    caughtBy: ['generated-links'],
    passes: ['writes-need-the-backup', 'frozen-backup'],
  },
  {
    name: 'starts-over-when-cut-off',
    replaces: 'server',
    thought:
      'When the view service has not answered for a second, I am out of the view, so I start from the beginning.',
    parts: () => ({ server: StartsOverWhenCutOff }),
    caughtBy: ['generated-links'],
    passes: ['view-service-out-of-reach', 'frozen-view-service'],
  },
];
