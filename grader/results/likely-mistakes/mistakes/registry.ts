/** Every mistake. A new one is an entry in the file that fits. */

import { CLERK_MISTAKES } from './clerk-mistakes.js';
import { FILTER_MISTAKES } from './filter-mistakes.js';
import { idsOf, type Mistake } from './mistake.js';
import { REPLICATION_MISTAKES } from './replication-mistakes.js';
import { ROLE_MISTAKES } from './role-mistakes.js';
import { STORE_MISTAKES } from './store-mistakes.js';
import { VIEW_MISTAKES } from './view-mistakes.js';

const ALL = {
  ...VIEW_MISTAKES,
  ...REPLICATION_MISTAKES,
  ...FILTER_MISTAKES,
  ...ROLE_MISTAKES,
  ...CLERK_MISTAKES,
  ...STORE_MISTAKES,
};

export type MistakeId = keyof typeof ALL;

/** By their permanent ids. */
export const MISTAKES: Record<MistakeId, Mistake> = ALL;

export const MISTAKE_IDS: readonly MistakeId[] = idsOf(ALL);
