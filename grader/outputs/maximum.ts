/** The maximum of an assignment in a course system against that of the rubric: where they differ, points mean nothing. */

import { UsageError } from '../../harness/index.js';
import type { GradedStudents } from './graded-students.js';

/**
 * @throws UsageError where the file has another maximum than the points; `where` says in which cell it stands. An
 * unknown one says nothing.
 */
export function assertMaximum(
  { maxPoints, title, scaled }: GradedStudents,
  found: number | undefined,
  where: string,
): void {
  if (found === undefined || found === maxPoints) return;
  const owner = scaled ? 'as --scale-to says' : `the maximum of the rubric "${title}"`;
  throw new UsageError("the template's maximum is not that of the points", {
    got: `${found} in ${where}`,
    expected: `${maxPoints}, ${owner}`,
    hint: `\`--scale-to ${found}\` scales all points to that maximum; or change the maximum in the course system`,
  });
}
