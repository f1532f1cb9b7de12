/** Counts the settled runs, which get no further attempt, and the runs that there may be. */

import type { RunRecord, Verdict } from '../../harness/index.js';
import { placesIn, type Place, type RunCell } from '../plan/run-cells.js';
import type { ProgressCounts } from './progress.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { isWorthAnother, MAX_ATTEMPTS, type ControlRuns } from './scheduler.js';
import { openSequence, type Sequence } from '../statistics/sequential/sequence.js';

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

/** Counts the settled ones among the runs of these cells; records of others are passed over. */
export function countSettled(
  cells: readonly RunCell[],
  { stopping, control }: SettledOptions = {},
): SettledRuns {
  const placeOf = placesIn(cells);
  const controlPlaceOf = placesIn(control?.cells ?? []);
  /** The attempts at runs that are not settled, and the keys of those that are. */
  const open = new Map<string, RunRecord[]>();
  const done = new Set<string>();
  const settled = { pass: 0, fail: 0, unknown: 0 };
  const total = stopping === undefined ? undefined : countAtMost(cells, stopping);
  return {
    add(record) {
      const { key, verdict } = record;
      const place = placeOf(record);
      if (done.has(key) || (place ?? controlPlaceOf(record)) === undefined) return false;
      const attempts = [...(open.get(key) ?? []), record];
      open.set(key, attempts);
      if (isWorthAnother(attempts, MAX_ATTEMPTS)) return false;
      open.delete(key);
      done.add(key);
      settled[verdict] += 1;
      if (place !== undefined) total?.settle(place, verdict);
      return true;
    },
    counts() {
      const { pass, fail, unknown } = settled;
      const counts = { done: pass + fail + unknown, failed: fail, unknown };
      if (total === undefined) return counts;
      const all = (others: number) =>
        Math.max(counts.done, others + (control ? controlRunsBeside(others, control) : 0));
      return { ...counts, atMost: all(total.atMost), likely: all(total.likely) };
    },
  };
}

function controlRunsBeside(others: number, { oneIn, ahead = 0 }: ControlRuns): number {
  return Math.floor((others + ahead) / (oneIn - 1));
}

/** A scenario on a submission. */
interface Cell {
  sequence: Sequence;
  length: number;
  settled: number;
}

/** The runs that there may be at the most, fewer with each scenario that is decided, and those that are likely. */
function countAtMost(cells: readonly RunCell[], stopping: Stopping) {
  const states = new Map<RunCell, Cell>();
  const all = { atMost: 0, likely: 0 };
  const count = (cell: Cell, sign: 1 | -1) => {
    all.atMost += sign * runsAtMost(cell);
    all.likely += sign * likelyRuns(cell);
  };
  for (const one of cells) {
    const { length } = one;
    const cell = { sequence: openSequence(stopping, length), length, settled: 0 };
    states.set(one, cell);
    count(cell, 1);
  }
  return {
    settle(place: Place, verdict: Verdict): void {
      const cell = states.get(place.cell);
      if (cell === undefined) return;
      count(cell, -1);
      cell.settled += 1;
      cell.sequence.settle(place.position, verdict);
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
