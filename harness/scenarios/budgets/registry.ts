/** Limits on the costs of a service: requests, messages, memory, descriptors, threads. */

import { bytesPerOperation, callsPerOperation } from './cost-of-an-operation.js';
import { pacedRetries, pacedRetriesRefused } from './paced-retries.js';
import { resourcesOfBrokenConnections } from './resources-of-broken-connections.js';
import { resourcesOfOperations } from './resources-of-operations.js';
import { transferStaysSmall } from './transfer-stays-small.js';
import { viewServiceLookups } from './view-service-lookups.js';
import type { Scenario } from '../stage/scenario.js';

export const BUDGETS: readonly Scenario[] = [
  viewServiceLookups,
  callsPerOperation,
  bytesPerOperation,
  pacedRetries,
  pacedRetriesRefused,
  transferStaysSmall,
  resourcesOfOperations,
  resourcesOfBrokenConnections,
];
