/** All checkers that judge a history of key/value operations, the most telling first. */

import { appendIntegrity } from './append-integrity.js';
import type { Checker } from './checker.js';
import { deadlines } from './deadlines.js';
import { linearizability } from './linearizability.js';
import { replicaAgreement } from './replica-agreement.js';

export const CHECKERS: readonly Checker[] = [
  appendIntegrity,
  linearizability,
  replicaAgreement,
  deadlines,
];
