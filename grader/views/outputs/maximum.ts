/** Compares the maximum of an assignment in a course system with the rubric's: points need the same one. */

import { UsageError } from '../../../harness/index.js';
import type { GradedStudents } from './graded-students.js';

/**
 * @throws UsageError where the file has another maximum than the points; `where` says in which cell it stands. An
 * unknown maximum is accepted.
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

/** A maximum that is not a number, such as that of a scale. */
export function unreadableMaximum(cell: string, where: string): UsageError {
  return new UsageError("the template's maximum is not a number", {
    got: `"${cell}" for ${where}`,
    expected: 'a number such as 100 or 12,5, without a mark between thousands',
  });
}

/** Nothing where the template has a maximum, which was compared. */
export function maximumNote({ maxPoints }: GradedStudents, found: number | undefined): string[] {
  return found === undefined
    ? [`the template names no maximum; these points go up to ${maxPoints}`]
    : [];
}
