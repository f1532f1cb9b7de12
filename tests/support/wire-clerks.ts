/** Submissions whose clerks are those of `tests/submissions/hostile/wire-clerk.mjs`; all else is the reference. */

import { join } from 'node:path';
import type { Submission } from '../../harness/submission/submission.js';
import { submission } from './runs.js';

const COMPILED = join(import.meta.dirname, '../..');

/** The reference with a clerk of this manner, or with its own. */
export function withWireClerk(manner?: string): Submission {
  const clerk = manner === undefined ? {} : { clerk: `node wire-clerk.mjs ${manner} {view}` };
  const readable = [join(COMPILED, 'reference'), join(COMPILED, '../package.json')];
  return { ...submission('hostile', clerk), readable };
}
