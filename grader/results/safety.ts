/**
 * Whether results may be published: not if the reference failed beside the submissions, nor if submissions of others
 * were not kept apart from each other and from the kit, so that any of them may have changed the results.
 */

import type { Isolation } from '../../harness/index.js';
import { includesHandedIn } from '../plan/isolation-of-plan.js';
import type { Results } from './results.js';

/** The isolation, where it is too little for these submissions; absent in results of an older kit. */
export function tooLittleIsolation({
  isolation,
  submissions,
}: Pick<Results, 'isolation' | 'submissions'>): Isolation | undefined {
  const isFull = isolation === undefined || isolation.level === 'full';
  return isFull || !includesHandedIn(submissions) ? undefined : isolation;
}

/** What was not done, as a clause for everyone. */
export function describeTooLittle({ level }: Isolation): string {
  return level === 'weak'
    ? 'submissions were kept apart only in part'
    : 'submissions were not kept apart';
}
