/** Sequential stopping as it is meant, without anything to make it fast: the model of the real queue. */

import { inOrder, type RunCell } from '../../../grader/plan/run-cells.js';
import type { RunQueue, ScheduledRun } from '../../../grader/campaign/run-queue.js';
import { openSequence } from '../../../grader/statistics/sequential/sequence.js';
import type { Stopping } from '../../../grader/statistics/sequential/stopping.js';
import type { RunRecord, Verdict } from '../../../harness/index.js';

interface Options {
  stopping: Stopping;
  jobs: () => number;
  /** All attempts of earlier gradings, in order. */
  records: readonly RunRecord[];
  /** The number of the attempt after one that ended so; undefined if that has settled its run. */
  attemptAfter: (record: RunRecord) => number | undefined;
}

interface Cell {
  /** The keys of its runs. */
  keys: readonly string[];
  waiting: ScheduledRun[];
  settled: Map<string, Verdict>;
}

/** For each decision, everything is counted from the start and all cells are looked at. */
export function plainQueue(runCells: readonly RunCell[], options: Options): RunQueue {
  const { stopping, jobs } = options;
  const cells = runCells.map((one) => openCell(one, options));
  const facts = () =>
    cells.map((cell) => {
      const { keys, waiting, settled } = cell;
      const sequence = openSequence(stopping, keys.length);
      for (const [key, verdict] of settled) sequence.settle(keys.indexOf(key), verdict);
      const { counted, decision, leastRunsLeft } = sequence;
      const ahead = keys.length - counted - waiting.length;
      const next = keys.indexOf(waiting[0]?.run.key ?? '');
      return { cell, ahead, next, leastRunsLeft, isOpen: decision === undefined };
    });
  const isOpen = (cell: Cell) => facts().some((one) => one.cell === cell && one.isOpen);

  return {
    next() {
      const waiting = facts().filter(({ cell, isOpen: open }) => open && cell.waiting.length > 0);
      const [needed] = waiting
        .filter(({ ahead, leastRunsLeft }) => ahead < leastRunsLeft)
        .toSorted((a, b) => a.next - b.next);
      const [early] = waiting
        .filter(({ ahead }) => ahead < jobs())
        .toSorted((a, b) => a.ahead - b.ahead);
      return (needed ?? early)?.cell.waiting.shift();
    },
    finished(record, again) {
      const cell = cells.find(({ keys }) => keys.includes(record.key));
      if (cell === undefined) throw new Error(`no cell has ${record.key}`);
      if (!isOpen(cell)) return;
      if (again === undefined) cell.settled.set(record.key, record.verdict);
      else cell.waiting.unshift(again);
    },
    get waiting() {
      return facts().reduce((sum, one) => sum + (one.isOpen ? one.cell.waiting.length : 0), 0);
    },
  };
}

function openCell(runCell: RunCell, { records, attemptAfter }: Options): Cell {
  const runs = [...inOrder([runCell])];
  const cell: Cell = { keys: runs.map(({ key }) => key), waiting: [], settled: new Map() };
  for (const run of runs) {
    const last = records.findLast(({ key }) => key === run.key);
    const attempt = last === undefined ? 0 : attemptAfter(last);
    if (attempt !== undefined) cell.waiting.push({ run, attempt });
    else if (last !== undefined) cell.settled.set(run.key, last.verdict);
  }
  return cell;
}
