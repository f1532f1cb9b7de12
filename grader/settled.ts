/** Keeps count of the runs that are settled: no further attempt will be made at them. */

import type { RunRecord } from '../harness/index.js';
import type { PlannedRun } from './plan.js';
import type { ProgressCounts } from './progress.js';
import { isWorthAnother, MAX_ATTEMPTS } from './scheduler.js';

export interface SettledRuns {
  /** Takes a further attempt into account; tells whether it has settled its run. */
  add(record: RunRecord): boolean;
  counts(): ProgressCounts;
}

/** Counts the settled ones among these runs; records of others are passed over. */
export function countSettled(runs: readonly PlannedRun[]): SettledRuns {
  const open = new Map(runs.map(({ key }) => [key, new Array<RunRecord>()]));
  const settled = { pass: 0, fail: 0, unknown: 0 };
  return {
    add(record) {
      const attempts = open.get(record.key);
      if (attempts === undefined) return false;
      attempts.push(record);
      if (isWorthAnother(attempts, MAX_ATTEMPTS)) return false;
      open.delete(record.key);
      settled[record.verdict] += 1;
      return true;
    },
    counts() {
      const { pass, fail, unknown } = settled;
      return { done: pass + fail + unknown, failed: fail, unknown };
    },
  };
}
