/** Makes a calibration from a plan and its records: a pure fold. */

import { mutantName, type RunRecord } from '../../../harness/index.js';
import type { Plan, PlannedSubmission } from '../../plan/plan.js';
import { runsNeeded } from '../../statistics/binomial.js';
import { medianMsOf, tally, type Tally } from '../../tally/tally.js';
import {
  CALIBRATION_FORMAT,
  type Calibration,
  type CalibrationCell,
  type Detection,
  type MutantRow,
  type ReferenceRow,
  type RunsNeeded,
  type ScenarioColumn,
} from '../../measured/calibration.js';
import { independentName } from './independent.js';
import { calibrationRuns, closeRunsOf, isWrong } from './calibration-stages.js';

/** The calibration from the records so far. */
export function buildCalibration(
  plan: Plan,
  records: readonly RunRecord[],
  { createdAt, machine }: Pick<Calibration, 'createdAt' | 'machine'>,
): Calibration {
  const tallies = tally(records, { planned: calibrationRuns(plan, records) });
  // In the order of the plan, whatever was run first.
  const talliesOf = ({ name }: PlannedSubmission) => {
    const own = tallies.filter(({ submission }) => submission === name);
    return plan.scenarios.flatMap(({ id }) => own.find(({ scenario }) => scenario === id) ?? []);
  };
  const cellOf = (one: Tally) => toCell(one, plan);
  const set = plan.calibration?.set;
  const wrong = plan.submissions.filter((one) => isWrong(plan, one));
  const mutants = wrong.map((submission): MutantRow => {
    const own = talliesOf(submission);
    const { spec } = submission;
    return {
      name: set === 'independent' ? independentName(spec) : mutantName(spec),
      digest: submission.digest,
      expected: plan.calibration?.expected[spec] ?? [],
      cells: own.map(cellOf),
      caughtIn: detections(own),
    };
  });
  const reference = referenceRow(plan, talliesOf, cellOf);
  return {
    format: CALIBRATION_FORMAT,
    ...(set === undefined ? {} : { set }),
    kit: plan.kit,
    createdAt,
    seed: plan.seed,
    ...(plan.world === 'virtual' ? { world: plan.world } : {}),
    machine,
    screenRuns: plan.runsPerScenario,
    closeRuns: closeRunsOf(plan),
    undoneRuns: [reference, ...mutants].reduce((sum, row) => sum + undoneIn(row), 0),
    reference,
    mutants,
    scenarios: plan.scenarios.map(({ id }) => toColumn(id, mutants)),
  };
}

function referenceRow(
  plan: Plan,
  talliesOf: (submission: PlannedSubmission) => Tally[],
  cellOf: (tally: Tally) => CalibrationCell,
): ReferenceRow {
  const [reference] = plan.submissions;
  if (reference === undefined) throw new Error('the plan of a calibration contains no submission');
  return { digest: reference.digest, cells: talliesOf(reference).map(cellOf) };
}

function undoneIn({ cells }: Pick<ReferenceRow, 'cells'>): number {
  return cells.reduce(
    (sum, { planned, passed, failed, unknown }) => sum + planned - passed - failed - unknown,
    0,
  );
}

function toCell(one: Tally, plan: Plan): CalibrationCell {
  const { scenario, planned, passed, failed, unknown, durationMs } = one;
  const closely = planned > plan.runsPerScenario || planned === closeRunsOf(plan);
  const counts = { scenario, closely, planned, passed, failed, unknown };
  return durationMs === undefined ? counts : { ...counts, medianMs: durationMs.median };
}

/** The surest first: a high rate that few runs have shown is less sure than a lower one of many. */
function detections(tallies: readonly Tally[]): Detection[] {
  return tallies
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => medianMsOf(a) - medianMsOf(b))
    .map(toDetection)
    .toSorted((a, b) => b.low - a.low || b.estimate - a.estimate);
}

function toDetection({ scenario, passed, failed, failureRate: { low, high } }: Tally): Detection {
  const usable = passed + failed;
  const estimate = failed / usable;
  const needed = (certainty: number): RunsNeeded => ({
    estimate: runsNeeded(estimate, certainty),
    atMost: runsNeeded(low, certainty),
  });
  const rate = { scenario, failed, usable, estimate, low, high };
  return { ...rate, runsFor95: needed(0.95), runsFor99: needed(0.99) };
}

function toColumn(id: string, mutants: readonly MutantRow[]): ScenarioColumn {
  const catching = mutants.filter(({ caughtIn }) =>
    caughtIn.some(({ scenario }) => scenario === id),
  );
  const isJudged = ({ scenario, passed, failed }: CalibrationCell) =>
    scenario === id && passed + failed > 0;
  return {
    id,
    lookedAt: mutants.filter(({ cells }) => cells.some(isJudged)).length,
    catches: catching.map(({ name }) => name),
    alone: catching.filter(({ caughtIn }) => caughtIn.length === 1).map(({ name }) => name),
  };
}
