/**
 * Whether runs may be done with the isolation that there is: all runs of a grading have the same, since those of
 * different ones cannot be compared, and nobody runs the programs of others unprotected without having asked for it.
 */

import {
  describeIsolation,
  isLower,
  UsageError,
  waysToIsolate,
  type Isolation,
} from '../../harness/index.js';
import { includesHandedIn, isolationOf } from '../plan/isolation-of-plan.js';
import type { Plan } from '../plan/plan.js';

/** @throws UsageError where the runs of a directory have been done with another level than there is now. */
export function assertSameIsolation(plan: Plan, now: Isolation, directory: string): void {
  const before = isolationOf(plan);
  if (before.level === now.level) return;
  throw new UsageError(`the runs in ${directory} have another isolation`, {
    got: `now ${describeIsolation(now)}`,
    expected: describeIsolation(before),
    hint: [...waysBack(before, now), 'grade afresh into another --out'].join(', or '),
  });
}

function waysBack(before: Isolation, now: Isolation): string[] {
  if (isLower(before.level, now.level)) return [`go on with --isolation ${before.level}`];
  return isAskedFor(now) ? ['leave out --isolation'] : waysToIsolate();
}

/**
 * Submissions of others may run as the caller only if the caller has asked for that.
 *
 * @throws UsageError where nothing keeps them apart from this machine.
 */
export function assertProtected(submissions: readonly { spec: string }[], now: Isolation): void {
  if (now.level !== 'none' || isAskedFor(now) || !includesHandedIn(submissions)) return;
  throw new UsageError('the programs of others are not run without isolation', {
    got: describeIsolation(now),
    hint: [...waysToIsolate(), 'run them as you with --isolation none'].join(', or '),
  });
}

/**
 * The same for submissions that are added to a plan, or run by it again: those who began it with such submissions and
 * without isolation have asked for it then.
 */
export function assertStillProtected(
  plan: Plan,
  late: readonly { spec: string }[],
  now: Isolation,
): void {
  const wasAskedFor = plan.isolation?.level === 'none' && includesHandedIn(plan.submissions);
  if (!wasAskedFor) assertProtected([...plan.submissions, ...late], now);
}

/** Whether the caller wants no isolation; else there is a reason for having none. */
function isAskedFor({ level, because }: Isolation): boolean {
  return level === 'none' && because === undefined;
}
