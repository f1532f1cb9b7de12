/** Whether a grading has no run left to do, as its own scheduler would say. */

import type { RunRecord } from '../../../harness/index.js';
import { foldRecords } from '../../campaign/fold.js';
import { withoutUnbuilt } from '../../campaign/hopeless.js';
import { createScheduler } from '../../campaign/scheduler.js';
import type { Plan } from '../../plan/plan.js';
import { budgetsOf, spentMs } from '../../plan/time-budget.js';
import { GRADING } from '../grading-stages.js';

/** `attempts` are all records of its journal, in their order. */
export function isFinished(plan: Plan, attempts: readonly RunRecord[]): boolean {
  const records = foldRecords(attempts);
  const unbuilt = new Map(
    [...namesOfUnbuilt(records)].map((name) => [name, { kind: 'build-failed' }] as const),
  );
  const limits = budgetsOf(plan);
  const budget = { limits, spent: spentMs(plan, attempts) };
  return GRADING.stages.every((stage) => {
    const { cells, stopping, control } = stage(plan, records);
    const scheduler = createScheduler(withoutUnbuilt(cells, unbuilt), {
      jobs: 1,
      records: attempts,
      stopping,
      control,
      enoughStartFailures: GRADING.enoughStartFailures,
      ...(limits.size === 0 ? {} : { budget }),
    });
    return scheduler.next() === undefined;
  });
}

/** Names of the submissions whose build failed the last time that it was tried. */
export function namesOfUnbuilt(records: Iterable<RunRecord>): Set<string> {
  const names = new Set<string>();
  for (const { submission, class: kind } of records) {
    if (kind === 'build') names.add(submission.name);
  }
  return names;
}
