/**
 * "The primary may have changed, so I ask the view service before every operation." It answers
 * correctly, and every operation of every client passes through the one process that there is one of.
 * In the lab of 2014 that was allowed.
 */

import { Clerk } from '../../clerk.js';
import { askingEveryTime } from '../../variants/clerk-asks-every-time.js';

export const AsksViewPerOperation: typeof Clerk = askingEveryTime(Clerk);
