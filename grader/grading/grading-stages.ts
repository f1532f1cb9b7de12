/** The stages of a grading: the runs of its submissions, with the control arm between them, and then the replays. */

import type { RunRecord } from '../../harness/index.js';
import type { CampaignOptions, Stage } from '../campaign/campaign.js';
import { controlCells, runsAhead } from '../tally/control-arm.js';
import { count } from '../text/count.js';
import { groupBy } from '../ground/group-by.js';
import type { Plan, PlannedRun } from '../plan/plan.js';
import { cellsOfRuns, inOrder, placesIn, plannedCells, type RunCell } from '../plan/run-cells.js';
import { replaysOf } from '../plan/replays.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { tally } from '../tally/tally.js';
import { statusFrom } from '../tally/ungradable.js';

/** Every run of the plan, or as many as it takes to decide. */
const submissionRuns: Stage = (plan) => ({
  cells: plannedCells(plan),
  stopping: plan.stopping,
  control: plan.control && {
    cells: controlCells(plan),
    oneIn: plan.control.oneIn,
    ahead: runsAhead(plan),
  },
});

/** The example of each scenario's leading failure, as often as the plan says; repetitions are outermost. */
const replays: Stage = (plan, records) => {
  const { replays: times = 0 } = plan;
  const again = times === 0 ? [] : examplesOf(plan, records).map((run) => replaysOf(run, times));
  const runs = Array.from({ length: times }, (_, n) => again.flatMap((one) => one[n] ?? [])).flat();
  if (runs.length === 0) return { cells: [] };
  const repeated = `repeating one failing run of each scenario ${count(times, 'time')}`;
  return { cells: cellsOfRuns(runs), says: `${repeated}: ${count(runs.length, 'run')}` };
};

/**
 * The runs to repeat, in the order of doing; a submission that could not be built or started would fail in the same
 * way, so it has none.
 */
function examplesOf(plan: Plan, records: readonly RunRecord[]): PlannedRun[] {
  const cells = plannedCells(plan);
  const bySubmission = groupBy(records, ({ submission }) => submission.name);
  const keys = new Set(
    [...groupBy(cells, ({ submission }) => submission.name)].flatMap(([name, own]) =>
      leadingExamples(own, bySubmission.get(name) ?? [], plan.stopping),
    ),
  );
  const placeOf = placesIn(cells);
  const order = new Map(cells.map(({ name }, at) => [name, at]));
  const orderOf = ({ name }: RunCell) => order.get(name) ?? 0;
  return records
    .filter(({ key }) => keys.has(key))
    .flatMap((record) => placeOf(record) ?? [])
    .toSorted((a, b) => a.position - b.position || orderOf(a.cell) - orderOf(b.cell))
    .map(({ cell, position }) => cell.at(position));
}

/** The keys of one submission's examples. */
function leadingExamples(
  cells: readonly RunCell[],
  records: readonly RunRecord[],
  stopping: Stopping | undefined,
): string[] {
  if (!records.some(({ verdict }) => verdict === 'fail')) return [];
  const tallies = tally(records, { planned: [...inOrder(cells)], stopping });
  if (statusFrom(tallies) !== undefined) return [];
  return tallies.flatMap(({ signatures }) =>
    signatures.slice(0, 1).map(({ exampleRun }) => exampleRun),
  );
}

/** A server that starts in half of all runs fails to start in so many runs in a row with a probability of 0.1 %. */
const ENOUGH_START_FAILURES = 10;

/** The options of a grading that other campaigns do not share. */
export const GRADING = {
  stages: [submissionRuns, replays],
  keepsPasses: true,
  enoughStartFailures: ENOUGH_START_FAILURES,
} satisfies Partial<CampaignOptions>;
