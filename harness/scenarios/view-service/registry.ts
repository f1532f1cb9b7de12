/** Part A: the view service alone, with the kit in the place of the servers. */

import type { Scenario } from '../stage/scenario.js';

export const VIEW_SERVICE: readonly Scenario[] = [];
