/** Runs a checker as tests need it, and reads what it says. */

import { DEFAULT_BUDGET, type Checker } from '../../../harness/checkers/checker.js';
import type { Operation } from '../../../harness/history/operation.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import type { FailFinding, Finding } from '../../../harness/lab/verdict.js';

export function judge(
  checker: Checker,
  operations: readonly Operation[],
  timeline: readonly TimelineEvent[] = [],
): Finding {
  return checker.check(operations, { timeline, budget: DEFAULT_BUDGET });
}

/** The verdict, or the symptom of a failure. */
export function word(finding: Finding): string {
  return finding.verdict === 'fail' ? finding.symptom : finding.verdict;
}

/** The failure; throws if the checker said anything else. */
export function failure(finding: Finding): FailFinding {
  if (finding.verdict !== 'fail') throw new Error(`expected a failure, got: ${finding.says}`);
  return finding;
}

/** The operations a failure rests on, by id. */
export function coreIds(finding: Finding): number[] {
  return failure(finding).evidence.operations.map(({ id }) => id);
}
