/** The isolation of a plan's runs, and whether it matters: whether any of them runs what others have written. */

import { directoryOf, noIsolation, type Isolation } from '../../harness/index.js';
import type { Plan } from './plan.js';

/** The isolation in which the runs of a plan are done. An older kit keeps none in its plans, and has none. */
export function isolationOf({ isolation }: Pick<Plan, 'isolation'>): Isolation {
  return isolation ?? noIsolation('begun by a version of pblab that had no isolation');
}

/** Whether any of these is handed in, as a directory or an archive, and not a part of the kit. */
export function includesHandedIn(submissions: readonly { spec: string }[]): boolean {
  return submissions.some(({ spec }) => directoryOf(spec) !== undefined);
}
