/** Servers that cannot reach each other, or the view service, and go on believing in an old view. */

import type { Scenario } from '../stage/scenario.js';

export const PARTITIONS: readonly Scenario[] = [];
