/** A grading without processes: the real stages and the real scheduler, and runs that end as they are told to. */

import { foldRecords } from '../../grader/campaign/fold.js';
import type { ScheduledRun } from '../../grader/campaign/run-queue.js';
import { createScheduler } from '../../grader/campaign/scheduler.js';
import { GRADING } from '../../grader/grading/grading-stages.js';
import type { Plan, PlannedRun } from '../../grader/plan/plan.js';
import { budgetsOf, spentMs } from '../../grader/plan/time-budget.js';
import { planOfShard } from '../../grader/plan/shard.js';
import type { RunRecord } from '../../harness/index.js';
import { recordOf } from './support.js';

/** How an attempt ends; the same one always ends in the same way. */
export type Ending = (run: PlannedRun, attempt: number) => Partial<RunRecord>;

export interface FakeGrading {
  /** Runs at once. */
  jobs?: number;
  /** Stops after so many attempts. */
  stopAfter?: number;
  /** Records of the grading before it was interrupted. */
  before?: readonly RunRecord[];
}

/** The plans of all shards; the durations, which they share, are read once. */
export function shardsOf(plan: Plan, of: number): Plan[] {
  const { runMs = {} } = planOfShard(plan, { index: 1, of }).shard ?? {};
  return Array.from({ length: of }, (_, at) => ({ ...plan, shard: { index: at + 1, of, runMs } }));
}

/** The records of all attempts, in the order of their ends; those from before come first. */
export function gradeFakely(
  plan: Plan,
  ending: Ending,
  { jobs = 1, stopAfter = Infinity, before = [] }: FakeGrading = {},
): RunRecord[] {
  const records = [...before];
  const limits = budgetsOf(plan);
  for (const stage of GRADING.stages) {
    const { cells, stopping, control } = stage(plan, foldRecords(records));
    const scheduler = createScheduler(cells, {
      jobs,
      records: [...records],
      stopping,
      control,
      enoughStartFailures: GRADING.enoughStartFailures,
      ...(limits.size === 0 ? {} : { budget: { limits, spent: spentMs(plan, records) } }),
    });
    const underWay: ScheduledRun[] = [];
    for (;;) {
      while (records.length + underWay.length - before.length < stopAfter) {
        const next = scheduler.next();
        if (next === undefined) break;
        underWay.push(next);
      }
      const ended = underWay.shift();
      if (ended === undefined) break;
      const { run, attempt } = ended;
      const record = recordOf(run, { ...ending(run, attempt), attempt });
      records.push(record);
      scheduler.finished(record);
    }
  }
  return records;
}
