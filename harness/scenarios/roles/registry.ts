/** Servers that get requests which they must refuse. */

import type { Scenario } from '../stage/scenario.js';
import { promotedBackupRefusesForwards } from './promoted-backup-refuses-forwards.js';
import { restartedPrimaryRefusesClients } from './restarted-primary-refuses-clients.js';
import { transferOfDeposedPrimary } from './transfer-of-deposed-primary.js';
import { backupRefusesClients, idleRefusesClients } from './wrong-server.js';

export const ROLES: readonly Scenario[] = [
  backupRefusesClients,
  idleRefusesClients,
  restartedPrimaryRefusesClients,
  promotedBackupRefusesForwards,
  transferOfDeposedPrimary,
];
