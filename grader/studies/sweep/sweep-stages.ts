/**
 * The two stages of a sweep. First the baseline: runs without a delay, which show the kinds of calls and how often the
 * scenario fails by itself. Then the runs of every position.
 */

import type { RunRecord, StandingDelay } from '../../../harness/index.js';
import type { Stage } from '../../campaign/campaign.js';
import { count } from '../../text/count.js';
import type { Plan, PlannedRun, SweepPlan } from '../../plan/plan.js';
import { cellsOfRuns, plannedRuns } from '../../plan/run-cells.js';
import { writeRunKey } from '../../plan/run-key.js';
import { alwaysFails, type BaselineCounts } from './always-fails.js';
import { positionsOf, type Position, type Positions } from './positions.js';

/** Undelayed runs, in which calls are counted. */
export const baseline: Stage = (plan) => {
  const runs = baselineRuns(plan);
  return { cells: cellsOfRuns(runs), says: `baseline: ${count(runs.length, 'run')} without delay` };
};

/**
 * The runs of every position with every delay; repetitions are outermost, as everywhere. None where the scenario
 * always fails without delay.
 */
export const positions: Stage = (plan, records) => {
  const { swept } = positionsIn(plan, records);
  if (alwaysFails(baselineOf(plan, records))) {
    return {
      cells: [],
      says: 'sweep: the scenario always fails without delay; no call is delayed',
    };
  }
  const series = swept.flatMap((position) =>
    position.delays.map((delay) => positionRuns(plan, position, delay)),
  );
  const runs = baselineRuns(plan).flatMap((_, index) => series.flatMap((one) => one[index] ?? []));
  return {
    cells: cellsOfRuns(runs),
    says:
      `sweep: ${count(swept.length, 'kind')} of calls, ${count(plan.runsPerScenario, 'run')} with each delay: ` +
      count(runs.length, 'run'),
  };
};

export function baselineRuns(plan: Plan): PlannedRun[] {
  return plannedRuns(plan).map((run) => ({ ...run, standing: [] }));
}

/** The runs of one position with one delay; they have the seeds of the baseline. */
export function positionRuns(
  plan: Plan,
  { id }: Pick<Position, 'id'>,
  delay: StandingDelay,
): PlannedRun[] {
  return plannedRuns(plan).map((run) => ({
    ...run,
    key: writeRunKey({
      submission: run.submission.name,
      scenario: run.scenario,
      revision: 0,
      position: `${id}-${delay.delayMs}ms`,
      index: run.index,
    }),
    standing: [delay],
  }));
}

/** The positions of a sweep, as far as its records tell; none where the scenario always fails without delay. */
export function positionsIn(plan: Plan, records: readonly RunRecord[]): Positions {
  if (alwaysFails(baselineOf(plan, records))) return { swept: [], rare: [] };
  const keys = new Set(baselineRuns(plan).map(({ key }) => key));
  return positionsOf(
    sweepOf(plan),
    records.filter(({ key }) => keys.has(key)),
  );
}

function baselineOf(plan: Plan, records: readonly RunRecord[]): BaselineCounts {
  const planned = baselineRuns(plan);
  const keys = new Set(planned.map(({ key }) => key));
  const own = records.filter(({ key }) => keys.has(key));
  const ended = (verdict: RunRecord['verdict']) =>
    own.filter((record) => record.verdict === verdict).length;
  return {
    planned: planned.length,
    runs: own.length,
    passed: ended('pass'),
    failed: ended('fail'),
  };
}

export function sweepOf({ sweep }: Plan): SweepPlan {
  if (sweep === undefined) throw new Error('the plan is not that of a sweep');
  return sweep;
}
