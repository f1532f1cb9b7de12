/** One client and one server, or a server that joins: what must hold before anything goes wrong. */

import { singlePrimary } from './single-primary.js';
import type { Scenario } from '../stage/scenario.js';

export const BASICS: readonly Scenario[] = [singlePrimary];
