/** The database and the duplicate filter on their way to a new backup. */

import type { Scenario } from '../stage/scenario.js';

export const TRANSFER: readonly Scenario[] = [];
