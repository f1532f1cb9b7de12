/** What a service may cost: questions, messages, memory. */

import type { Scenario } from '../stage/scenario.js';

export const BUDGETS: readonly Scenario[] = [];
