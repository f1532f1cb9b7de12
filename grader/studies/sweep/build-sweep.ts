/** Builds a sweep: cells from the plan and the records, and the races from the cells. */

import { isSameKind, type CallKind, type RunRecord } from '../../../harness/index.js';
import type { Plan, PlannedRun } from '../../plan/plan.js';
import type { ResultsContext } from '../../results/build-results.js';
import { SIGNIFICANCE } from '../../statistics/significance.js';
import { rateOf, tally, type Tally } from '../../tally/tally.js';
import type { Position } from './positions.js';
import { racesIn } from './find-races.js';
import { baselineRuns, positionRuns, positionsIn, sweepOf } from './sweep-stages.js';
import { SWEEP_FORMAT, type Sweep, type SweepCell } from './sweep.js';

/** The sweep so far, from one record a run; runs without a record show as undone. */
export function buildSweep(
  plan: Plan,
  records: readonly RunRecord[],
  { createdAt, machine }: ResultsContext,
): Sweep {
  const { kit, seed, runsPerScenario } = plan;
  const { part, delaysMs } = sweepOf(plan);
  const [submission] = plan.submissions;
  const [scenario] = plan.scenarios;
  if (submission === undefined || scenario === undefined) throw new Error('the plan is empty');
  const { swept, rare } = positionsIn(plan, records);
  const cells = swept.map((position) => cellsOf(plan, position, records));
  const races = racesIn(cells);
  return {
    format: SWEEP_FORMAT,
    kit,
    createdAt,
    seed,
    machine,
    submission,
    scenario: scenario.id,
    part,
    delaysMs,
    runsPerPosition: runsPerScenario,
    baseline: tallyOf(records, baselineRuns(plan)),
    positions: swept.map(({ delays, ...position }, index) => {
      const race = races[index];
      return {
        ...position,
        cells: cells[index] ?? [],
        leftOutMs: delaysMs.filter((ms) => delays.every(({ delayMs }) => delayMs !== ms)),
        ...(race === undefined ? {} : { race }),
      };
    }),
    failedUntouched: records.filter(hasFailedUntouched).length,
    rare: rare.map(kindOf),
    significance: SIGNIFICANCE,
  };
}

function cellsOf(plan: Plan, position: Position, records: readonly RunRecord[]): SweepCell[] {
  const undelayed = cellOf(0, 0, records, baselineRuns(plan), ({ calls = [] }) =>
    calls.some((kind) => isSameKind(kind, position)),
  );
  return [
    undelayed,
    ...position.delays.map((delay) =>
      cellOf(delay.delayMs, delay.share, records, positionRuns(plan, position, delay), wasHeld),
    ),
  ];
}

function wasHeld({ calls = [] }: RunRecord): boolean {
  return calls.some(({ held }) => held > 0);
}

function hasFailedUntouched(record: RunRecord): boolean {
  const { verdict, standing = [] } = record;
  return verdict === 'fail' && standing.length > 0 && !wasHeld(record);
}

/** In the baseline, too, only runs with such calls count: else the two would differ by more than the delay. */
function cellOf(
  delayMs: number,
  share: number,
  records: readonly RunRecord[],
  planned: readonly PlannedRun[],
  hadEffect: (record: RunRecord) => boolean,
): SweepCell {
  const keys = new Set(planned.map(({ key }) => key));
  const own = records.filter(({ key }) => keys.has(key));
  const counted = own.filter((record) => hadEffect(record) || isDoubtful(record));
  const { passed, failed, unknown, unknownCauses, signatures } = tallyOf(counted, planned);
  return {
    delayMs,
    share,
    planned: planned.length,
    passed,
    failed,
    unknown,
    unknownCauses,
    withoutEffect: own.length - counted.length,
    undone: planned.length - own.length,
    failureRate: rateOf(failed, passed + failed),
    signatures,
  };
}

/** Whether the run is unknown for another reason than that there was no call to delay. */
function isDoubtful({ verdict, cause }: RunRecord): boolean {
  return verdict === 'unknown' && cause !== 'fault-never-bit';
}

/** The tally of runs of one scenario on one submission. */
function tallyOf(records: readonly RunRecord[], planned: readonly PlannedRun[]): Tally {
  const [one] = tally(records, { planned });
  if (one === undefined) throw new Error('no runs were planned');
  return one;
}

function kindOf({ from, to, method }: CallKind): CallKind {
  return { from, to, ...(method === undefined ? {} : { method }) };
}
