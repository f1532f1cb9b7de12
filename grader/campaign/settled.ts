/** Counts the settled runs, which get no further attempt, and the runs that there may be. */

import type { RunRecord } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import type { PlannedRun } from '../plan/plan.js';
import type { ProgressCounts } from './progress.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { isWorthAnother, MAX_ATTEMPTS, type ControlRuns } from './scheduler.js';
import { openSequence, type Sequence } from '../statistics/sequential/sequence.js';
import { cellOf } from './sequential-queue.js';

export interface SettledRuns {
  /** Takes a further attempt into account; true if the attempt has settled its run. */
  add(record: RunRecord): boolean;
  counts(): ProgressCounts;
}

/** Further runs to count, if there are any. */
export interface SettledOptions {
  stopping?: Stopping | undefined;
  control?: ControlRuns | undefined;
}

/** Counts the settled ones among these runs; records of others are passed over. */
export function countSettled(
  runs: readonly PlannedRun[],
  { stopping, control }: SettledOptions = {},
): SettledRuns {
  const begun = [...runs, ...(control?.runs ?? [])];
  const open = new Map(begun.map(({ key }) => [key, new Array<RunRecord>()]));
  const settled = { pass: 0, fail: 0, unknown: 0 };
  const total = stopping === undefined ? undefined : countAtMost(runs, stopping);
  return {
    add(record) {
      const attempts = open.get(record.key);
      if (attempts === undefined) return false;
      attempts.push(record);
      if (isWorthAnother(attempts, MAX_ATTEMPTS)) return false;
      open.delete(record.key);
      settled[record.verdict] += 1;
      total?.settle(record);
      return true;
    },
    counts() {
      const { pass, fail, unknown } = settled;
      const counts = { done: pass + fail + unknown, failed: fail, unknown };
      if (total === undefined) return counts;
      const all = (others: number) =>
        Math.max(counts.done, others + (control ? Math.floor(others / (control.oneIn - 1)) : 0));
      return { ...counts, atMost: all(total.atMost), likely: all(total.likely) };
    },
  };
}

/** A scenario on a submission. */
interface Cell {
  sequence: Sequence;
  length: number;
  settled: number;
}

/** The runs that there may be at the most, fewer with each scenario that is decided, and those that are likely. */
function countAtMost(runs: readonly PlannedRun[], stopping: Stopping) {
  const places = new Map<string, { cell: Cell; position: number }>();
  for (const own of groupBy(runs, cellOf).values()) {
    const { length } = own;
    const cell = { sequence: openSequence(stopping, length), length, settled: 0 };
    for (const [position, { key }] of own.entries()) places.set(key, { cell, position });
  }
  const all = { atMost: 0, likely: 0 };
  const count = (cell: Cell, sign: 1 | -1) => {
    all.atMost += sign * runsAtMost(cell);
    all.likely += sign * likelyRuns(cell);
  };
  for (const { cell, position } of places.values()) if (position === 0) count(cell, 1);
  return {
    settle({ key, verdict }: RunRecord): void {
      const place = places.get(key);
      if (place === undefined) return;
      const { cell, position } = place;
      count(cell, -1);
      cell.settled += 1;
      cell.sequence.settle(position, verdict);
      count(cell, 1);
    },
    get atMost() {
      return all.atMost;
    },
    get likely() {
      return all.likely;
    },
  };
}

/** Runs that are settled after the decision are surplus, though they were done. */
function runsAtMost({ sequence, length, settled }: Cell): number {
  return sequence.decision === undefined ? length : settled;
}

function likelyRuns({ sequence, settled }: Cell): number {
  return Math.max(settled, sequence.counted + sequence.likelyRunsLeft);
}
