/**
 * The runs that wait under sequential stopping: each scenario on each submission is a cell, and a cell gets runs
 * until its test has ended. Cells take turns, so in an interrupted grading all have had about as many runs.
 *
 * A run is given out where it is needed for sure, since no fewer can decide. Only where no cell has such a run,
 * as happens towards the end, processors that have nothing else to do run a little ahead of the decision; what
 * turns out to be too much is surplus and counts nowhere.
 */

import type { RunRecord } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import type { PlannedRun } from '../plan/plan.js';
import type { RunQueue, ScheduledRun } from './run-queue.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { openSequence, type Sequence } from '../statistics/sequential/sequence.js';

export interface SequentialOptions {
  stopping: Stopping;
  /** The most runs at once: no cell runs further ahead of its decision. */
  jobs: number;
  /** The next attempt of a run: none, the first, or a further one. */
  leftOf: (run: PlannedRun) => ScheduledRun | undefined;
  /** The record of a run that needs no further attempt. */
  recordOf: (run: PlannedRun) => RunRecord | undefined;
}

/** A scenario on a submission. */
interface Cell {
  sequence: Sequence;
  /** Runs that wait: further attempts first, then the runs that were not begun. */
  waiting: { position: number; scheduled: ScheduledRun }[];
  /** Runs beyond those counted that are under way or have ended. */
  ahead: number;
}

export function queueUntilDecided(
  planned: readonly PlannedRun[],
  options: SequentialOptions,
): RunQueue {
  const places = new Map<string, { cell: Cell; position: number }>();
  const cells = [...groupBy(planned, cellOf).values()].map((runs) => {
    const cell = openCell(runs, options);
    for (const [position, { key }] of runs.entries()) places.set(key, { cell, position });
    return cell;
  });
  let open = cells.filter(isOpen);

  return {
    next() {
      const waiting = open.filter((one) => one.waiting.length > 0);
      const needed = waiting.filter(({ ahead, sequence }) => ahead < sequence.leastRunsLeft);
      const early = waiting.filter(({ ahead }) => ahead < options.jobs);
      const cell = leastOf(needed, nextPosition) ?? leastOf(early, ({ ahead }) => ahead);
      if (cell === undefined) return undefined;
      cell.ahead += 1;
      return cell.waiting.shift()?.scheduled;
    },
    finished(record, again) {
      const place = places.get(record.key);
      if (place === undefined) throw new Error(`no cell has ${record.key}`);
      const { cell, position } = place;
      if (!isOpen(cell)) return;
      if (again !== undefined) {
        cell.ahead -= 1;
        cell.waiting.unshift({ position, scheduled: again });
        return;
      }
      const before = cell.sequence.counted;
      cell.sequence.settle(position, record.verdict);
      cell.ahead -= cell.sequence.counted - before;
      if (!isOpen(cell)) open = open.filter(isOpen);
    },
    get waiting() {
      return open.reduce((sum, one) => sum + one.waiting.length, 0);
    },
  };
}

/** The key of a cell: all runs of a scenario on a submission share it. */
export function cellOf({ submission, scenario }: PlannedRun): string {
  return `${submission.name}/${scenario}`;
}

/** A cell as earlier, interrupted gradings have left it. */
function openCell(
  runs: readonly PlannedRun[],
  { stopping, leftOf, recordOf }: SequentialOptions,
): Cell {
  const sequence = openSequence(stopping, runs.length);
  const waiting: Cell['waiting'] = [];
  for (const [position, run] of runs.entries()) {
    const scheduled = leftOf(run);
    const record = recordOf(run);
    if (scheduled !== undefined) waiting.push({ position, scheduled });
    else if (record !== undefined) sequence.settle(position, record.verdict);
  }
  return { sequence, waiting, ahead: runs.length - waiting.length - sequence.counted };
}

function isOpen({ sequence }: Cell): boolean {
  return sequence.decision === undefined;
}

function nextPosition({ waiting }: Cell): number {
  return waiting[0]?.position ?? Infinity;
}

/** The first of those with the least figure. */
function leastOf<T>(items: readonly T[], figure: (item: T) => number): T | undefined {
  let least: T | undefined;
  for (const item of items) if (least === undefined || figure(item) < figure(least)) least = item;
  return least;
}
