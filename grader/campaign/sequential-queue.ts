/**
 * The runs that wait under sequential stopping: each scenario on each submission is a cell, and a cell gets runs
 * until its test has ended. Cells take turns, so in an interrupted grading all have had about as many runs.
 *
 * A run is given out where it is needed for sure, since no fewer can decide. Only where no cell has such a run,
 * as happens towards the end, processors that have nothing else to do run a little ahead of the decision; what
 * turns out to be too much is surplus and counts nowhere.
 *
 * Each cell has a rank, and the next run is of the cell with the least one: a run that is needed ranks by its position,
 * and after all of these, the first that is not needed by how far its cell is ahead. The rank of a cell changes only
 * when one of its own runs is given out or ends, so a decision looks at one cell and at the top of a heap.
 */

import TinyQueue from 'tinyqueue';
import type { Verdict } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import { placesIn, type RunCell } from '../plan/run-cells.js';
import type { RunQueue } from './run-queue.js';
import type { BegunRun } from './begun-runs.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { openSequence, type Sequence } from '../statistics/sequential/sequence.js';
import { openWaitingRuns, type WaitingRuns } from './waiting-runs.js';

export interface SequentialOptions {
  stopping: Stopping;
  /** The most runs at once at present: no cell runs further ahead of its decision. */
  jobs: () => number;
  /** Runs of the cells that have records of an earlier grading. */
  begun: readonly BegunRun[];
}

/** A scenario on a submission. */
interface Cell {
  /** Its place in the order of cells, from 0. */
  order: number;
  sequence: Sequence;
  waiting: WaitingRuns;
  /** Runs beyond those counted that are under way or have ended. */
  ahead: number;
  /** The least number of runs that can decide it, beyond those counted. */
  leastLeft: number;
  /** When its next run is due, the least first; infinite where none is. */
  rank: number;
}

/** An entry of the heap; it is stale where its cell has another rank by now. */
interface Turn {
  rank: number;
  cell: Cell;
}

/** The rank of a run that is not needed and whose cell is not ahead: above that of all that are. */
const NOT_NEEDED = 2 ** 40;

export function queueUntilDecided(
  runCells: readonly RunCell[],
  { stopping, jobs, begun }: SequentialOptions,
): RunQueue {
  const placeOf = placesIn(runCells);
  const cells = openCells(runCells, begun, stopping);
  const turns = new TinyQueue<Turn>([], earlier);
  let waiting = 0;
  for (const cell of cells.values()) {
    if (isOpen(cell)) waiting += cell.waiting.count;
    rank(cell, turns);
  }

  return {
    next() {
      const cell = nextIn(turns);
      if (cell === undefined || cell.rank >= NOT_NEEDED + jobs()) return undefined;
      const scheduled = cell.waiting.take();
      cell.ahead += 1;
      waiting -= 1;
      rank(cell, turns);
      return scheduled;
    },
    finished(record, again) {
      const place = placeOf(record);
      const cell = place && cells.get(place.cell);
      if (place === undefined || cell === undefined) throw new Error(`no cell has ${record.key}`);
      if (!isOpen(cell)) return;
      if (again === undefined) {
        settle(cell, place.position, record.verdict);
        if (!isOpen(cell)) waiting -= cell.waiting.count;
      } else {
        cell.ahead -= 1;
        cell.waiting.putBack(place.position, again);
        waiting += 1;
      }
      rank(cell, turns);
    },
    get waiting() {
      return waiting;
    },
  };
}

/** The cells as earlier, interrupted gradings have left them. */
function openCells(
  runCells: readonly RunCell[],
  begun: readonly BegunRun[],
  stopping: Stopping,
): Map<RunCell, Cell> {
  const byCell = groupBy(begun, ({ cell }) => cell);
  return new Map(
    runCells.map((one, order) => [one, openCell(one, order, byCell.get(one) ?? [], stopping)]),
  );
}

function openCell(
  runs: RunCell,
  order: number,
  begun: readonly BegunRun[],
  stopping: Stopping,
): Cell {
  const sequence = openSequence(stopping, runs.length);
  for (const { position, record, nextAttempt } of begun) {
    if (nextAttempt === undefined) sequence.settle(position, record.verdict);
  }
  const waiting = openWaitingRuns(runs, begun);
  const ahead = runs.length - waiting.count - sequence.counted;
  return { order, sequence, waiting, ahead, leastLeft: sequence.leastRunsLeft, rank: Infinity };
}

function settle(cell: Cell, position: number, verdict: Verdict): void {
  const { sequence } = cell;
  const before = sequence.counted;
  sequence.settle(position, verdict);
  if (sequence.counted === before) return;
  cell.ahead -= sequence.counted - before;
  cell.leastLeft = sequence.leastRunsLeft;
}

/** Notes when the next run of a cell is due by now. */
function rank(cell: Cell, turns: TinyQueue<Turn>): void {
  const { rank: before } = cell;
  cell.rank = rankOf(cell);
  if (cell.rank !== before && cell.rank < Infinity) turns.push({ rank: cell.rank, cell });
}

function rankOf(cell: Cell): number {
  if (!isOpen(cell) || cell.waiting.count === 0) return Infinity;
  return cell.ahead < cell.leastLeft ? cell.waiting.position : NOT_NEEDED + cell.ahead;
}

/** The cell with the next run. Stale entries are dropped where they come to the top. */
function nextIn(turns: TinyQueue<Turn>): Cell | undefined {
  for (let turn = turns.peek(); turn !== undefined; turn = turns.peek()) {
    if (turn.rank === turn.cell.rank) return turn.cell;
    turns.pop();
  }
  return undefined;
}

/** Among equals the first cell. */
function earlier(one: Turn, other: Turn): number {
  return one.rank - other.rank || one.cell.order - other.cell.order;
}

function isOpen({ sequence }: Cell): boolean {
  return sequence.decision === undefined;
}
