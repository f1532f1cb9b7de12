/** Requests that reach a server which has not the role for them. */

import type { Scenario } from '../stage/scenario.js';

export const ROLES: readonly Scenario[] = [];
