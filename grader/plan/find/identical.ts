/**
 * Submissions with the very same content. It is a fact for staff and no accusation: a pair may have handed in twice.
 * Equal digests mean equal files; what differs in anything at all, be it a file that a system left behind, is not named.
 */

import type { PlannedSubmission } from '../plan.js';
import { groupBy } from '../../ground/group-by.js';
import { directoryOf } from '../../../harness/index.js';

/** For each submission that has an equal, the names of the others that are equal to it, in their order. */
export function findIdentical(
  submissions: readonly Pick<PlannedSubmission, 'name' | 'spec' | 'digest'>[],
): ReadonlyMap<string, string[]> {
  // Parts of the kit may be graded several times, and a submission that cannot be graded has no digest.
  const handedIn = submissions.filter(
    ({ spec, digest }) => digest !== '' && directoryOf(spec) !== undefined,
  );
  const groups = [...groupBy(handedIn, ({ digest }) => digest).values()];
  return new Map(
    groups
      .filter((group) => group.length > 1)
      .flatMap((group) =>
        group.map(({ name }): [string, string[]] => [
          name,
          group.map((one) => one.name).filter((other) => other !== name),
        ]),
      ),
  );
}
