/**
 * The three stages of a calibration. A cell is one submission in one scenario. First come the cells that are known to
 * matter: the row of the reference, and for each mutant the scenarios that should catch it. They get a close look.
 * Then the screen runs every cell a few times. Last, the cells that caught a mutant best in the screen get a close
 * look, too. In this order an interrupted calibration has the most important cells.
 */

import type { RunRecord } from '../../../harness/index.js';
import type { Stage } from '../../campaign/campaign.js';
import { count } from '../../text/count.js';
import { plannedRun } from '../../plan/plan.js';
import { cellsOfRuns, inOrder, plannedCells, type RunCell } from '../../plan/run-cells.js';
import type { Plan, PlannedRun, PlannedSubmission } from '../../plan/plan.js';
import { medianMsOf, tally, type Tally } from '../../tally/tally.js';

/** How many of the cells that have caught a mutant in the screen get the close look. */
const BEST_OF_SCREEN = 2;

/** Scenarios in the close look at the independent set; its report shows only the best one. */
const BEST_OF_INDEPENDENT = 1;

/** A submission in a scenario. */
interface Cell {
  submission: PlannedSubmission;
  scenario: string;
}

/** The reference, and what should fail, as often as the plan says. */
export const expectedLook: Stage = (plan) => {
  const cells = cellsThatMatter(plan, []);
  const times = count(closeRunsOf(plan), 'run');
  return {
    cells: cellsOfRuns(closeRuns(plan, cells)),
    says: `expected: ${count(cells.length, 'cell')}, ${times} of each`,
  };
};

/** Every cell of the matrix in which there is something to see, a few times. */
export const screen: Stage = (plan) => {
  const cells = screenCells(plan);
  const times = count(plan.runsPerScenario, 'run');
  return { cells, says: `screen: ${count(cells.length, 'cell')}, ${times} of each` };
};

/** The cells that matter, as often as the plan says; the runs of the screen are the first of these. */
export const closeLook: Stage = (plan, records) => {
  const cells = cellsThatMatter(plan, records);
  return {
    cells: cellsOfRuns(closeRuns(plan, cells)),
    says: `closely: ${cells.length} of these cells, up to ${count(closeRunsOf(plan), 'run')}`,
  };
};

/** All runs that a calibration asks for, as far as its records tell: more follow from its screen. */
export function calibrationRuns(plan: Plan, records: readonly RunRecord[]): PlannedRun[] {
  const screened = screenRuns(plan);
  const done = new Set(records.map(({ key }) => key));
  // Before the screen is done nothing in it counts as best; what is expected is known beforehand.
  const seen = screened.every(({ key }) => done.has(key)) ? records : [];
  const known = new Set(screened.map(({ key }) => key));
  const more = closeRuns(plan, cellsThatMatter(plan, seen));
  return [...screened, ...more.filter(({ key }) => !known.has(key))];
}

/** Runs of a cell in the close look. */
export function closeRunsOf({ calibration, runsPerScenario }: Plan): number {
  return calibration?.closeRuns ?? runsPerScenario;
}

/** Whether a submission of the plan is a wrong one, such as a mutant, and not the correct one, which comes first. */
export function isWrong({ submissions: [correct] }: Plan, { name }: PlannedSubmission): boolean {
  return name !== correct?.name;
}

function screenCells(plan: Plan): RunCell[] {
  const idle = plan.calibration?.idle ?? {};
  return plannedCells(plan).filter(
    ({ submission, scenario }) => !(idle[submission.spec]?.includes(scenario) ?? false),
  );
}

function screenRuns(plan: Plan): PlannedRun[] {
  return [...inOrder(screenCells(plan))];
}

/** Depends on the runs of the screen only, so that it is the same when a calibration is resumed. */
function cellsThatMatter(plan: Plan, records: readonly RunRecord[]): Cell[] {
  const tallies = tally(records, { planned: screenRuns(plan) });
  const best = plan.calibration?.set === undefined ? BEST_OF_SCREEN : BEST_OF_INDEPENDENT;
  return plan.submissions.flatMap((submission) => {
    const own = tallies.filter((one) => one.submission === submission.name);
    const chosen = isWrong(plan, submission)
      ? new Set([...(plan.calibration?.expected[submission.spec] ?? []), ...bestOf(own, best)])
      : undefined;
    return plan.scenarios
      .filter(({ id }) => chosen === undefined || chosen.has(id))
      .map(({ id }) => ({ submission, scenario: id }));
  });
}

/** The best scenarios. Among equals, the ones with the shortest runs: they catch as much in less time. */
function bestOf(tallies: readonly Tally[], best: number): string[] {
  return tallies
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => rateOf(b) - rateOf(a) || medianMsOf(a) - medianMsOf(b))
    .slice(0, best)
    .map(({ scenario }) => scenario);
}

function rateOf({ failureRate }: Tally): number {
  return failureRate.estimate ?? 0;
}

/** Repetitions are outermost, as everywhere. */
function closeRuns(plan: Plan, cells: readonly Cell[]): PlannedRun[] {
  return Array.from({ length: closeRunsOf(plan) }, (_, index) => index).flatMap((index) =>
    cells.map(({ submission, scenario }) => plannedRun(plan, submission, scenario, index)),
  );
}
