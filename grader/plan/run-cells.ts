/**
 * The runs of a plan as cells, one for each scenario on each submission. A run is derived when it is asked for, from its
 * position in its cell: a class has millions of runs, and some ten thousand cells.
 */

import { groupBy } from '../ground/group-by.js';
import { runSeed } from '../../harness/index.js';
import {
  keyOf,
  runOf,
  runsOf,
  runsScenario,
  type Plan,
  type PlannedRun,
  type PlannedSubmission,
  type Shard,
} from './plan.js';
import { readRunKey } from './run-key.js';
import { dealOut, wholePlan } from './shard.js';

/** The runs of a scenario on a submission. */
export interface RunCell {
  /** `SUBMISSION/SCENARIO`, unique in its list; see `cellName`. */
  name: string;
  submission: PlannedSubmission;
  scenario: string;
  /** How many runs there are at the most; at least 1. */
  length: number;
  /** From 0 to `length` - 1. */
  at(position: number): PlannedRun;
  /** The position of the run with this key; undefined if the cell has none. */
  positionOf(key: string): number | undefined;
}

/** The name of the cell of a run, and of a record. */
export function cellName({
  submission,
  scenario,
}: {
  submission: { name: string };
  scenario: string;
}): string {
  return `${submission.name}/${scenario}`;
}

/**
 * The runs of these cells in the order of doing: the first of each cell, then the second of each, and so on. So whenever
 * it is broken off, all cells have had about as many runs.
 */
export function* inOrder(cells: readonly RunCell[]): Generator<PlannedRun> {
  let left = cells;
  for (let position = 0; left.length > 0; position += 1) {
    left = left.filter(({ length }) => position < length);
    for (const cell of left) yield cell.at(position);
  }
}

/**
 * The cells of the plan, or of its shard, scenarios outermost. The same repetition of a scenario has the same seed for
 * every submission, so that submissions meet the same faults.
 */
export function plannedCells(plan: Plan): RunCell[] {
  const { shard } = plan;
  const cells = cellsOfAll(plan);
  if (shard === undefined) return cells;
  const owners = dealOut(cells, shard);
  return cells.filter((_, at) => owners[at] === shard.index);
}

/** The number of runs in each shard of the plan. */
export function runsByShard(plan: Plan, shard: Shard): number[] {
  const cells = plannedCells(wholePlan(plan));
  const runs = Array.from({ length: shard.of }, () => 0);
  for (const [at, owner] of dealOut(cells, shard).entries()) {
    runs[owner - 1] = (runs[owner - 1] ?? 0) + (cells[at]?.length ?? 0);
  }
  return runs;
}

function cellsOfAll(plan: Plan): RunCell[] {
  return plan.scenarios.flatMap((scenario) => {
    const { id } = scenario;
    const length = runsOf(scenario, plan.runsPerScenario);
    return cellsOfScenario(
      plan,
      id,
      plan.submissions
        .filter((submission) => runsScenario(submission, id))
        .map((submission) => ({ submission, length })),
    );
  });
}

/** Cells of one scenario, which share their seeds; in each the position of a run is its index. */
export function cellsOfScenario(
  { seed }: Pick<Plan, 'seed'>,
  scenario: string,
  parts: readonly Pick<RunCell, 'submission' | 'length'>[],
): RunCell[] {
  const seedOf = lastKept((index) => runSeed(seed, scenario, index));
  return parts.map(({ submission, length }) => ({
    name: cellName({ submission, scenario }),
    submission,
    scenario,
    length,
    at: (index) => runOf(submission, scenario, index, seedOf(index)),
    positionOf(key) {
      const index = readRunKey(key)?.index ?? length;
      return index < length && key === keyOf(submission, scenario, index) ? index : undefined;
    },
  }));
}

/** The first `length` runs of a cell; there must be as many. */
export function firstOf(cell: RunCell, length: number): RunCell {
  return {
    ...cell,
    length,
    positionOf(key) {
      const position = cell.positionOf(key) ?? length;
      return position < length ? position : undefined;
    },
  };
}

/** Where a run is in a list of cells. */
export interface Place {
  cell: RunCell;
  position: number;
}

/** Finds the places of runs, and of records, in these cells; undefined for a run that is in none of them. */
export function placesIn(
  cells: readonly RunCell[],
): (run: Parameters<typeof cellName>[0] & { key: string }) => Place | undefined {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  return (run) => {
    const cell = byName.get(cellName(run));
    const position = cell?.positionOf(run.key);
    return cell === undefined || position === undefined ? undefined : { cell, position };
  };
}

/** Every run of the plan, in the order of doing. */
export function plannedRuns(plan: Plan): PlannedRun[] {
  return [...inOrder(plannedCells(plan))];
}

/** A seed takes longer than all the rest of a run, and a whole class asks for the same one in turn. */
function lastKept(seedOf: (index: number) => string): (index: number) => string {
  let [last, seed] = [-1, ''];
  return (index) => {
    if (index !== last) [last, seed] = [index, seedOf(index)];
    return seed;
  };
}

export function countRuns(cells: readonly RunCell[]): number {
  return cells.reduce((sum, { length }) => sum + length, 0);
}

/** Cells of runs that are there already; in each cell they keep their order. */
export function cellsOfRuns(runs: readonly PlannedRun[]): RunCell[] {
  return [...groupBy(runs, cellName)].map(([name, own]) => {
    const positions = new Map(own.map(({ key }, position) => [key, position]));
    const [{ submission, scenario }] = own;
    return {
      name,
      submission,
      scenario,
      length: own.length,
      at(position) {
        const run = own[position];
        if (run === undefined) throw new RangeError(`${name} has no run ${position}`);
        return run;
      },
      positionOf: (key) => positions.get(key),
    };
  });
}
