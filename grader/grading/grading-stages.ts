/** The stages of a grading: the runs of its submissions, with the control arm between them, and then the replays. */

import type { RunRecord } from '../../harness/index.js';
import type { CampaignOptions, Stage } from '../campaign/campaign.js';
import { controlRuns } from '../tally/control-arm.js';
import { count } from '../text/count.js';
import { groupBy } from '../ground/group-by.js';
import { plannedRuns, type Plan, type PlannedRun } from '../plan/plan.js';
import { replaysOf } from '../plan/replays.js';
import { tally } from '../tally/tally.js';
import { statusFrom } from '../tally/ungradable.js';

/** Every run of the plan, or as many as it takes to decide. */
const submissionRuns: Stage = (plan) => ({
  runs: plannedRuns(plan),
  stopping: plan.stopping,
  control: plan.control && { runs: controlRuns(plan), oneIn: plan.control.oneIn },
});

/** The example of each scenario's leading failure, as often as the plan says; repetitions are outermost. */
const replays: Stage = (plan, records) => {
  const { replays: times = 0 } = plan;
  const again = times === 0 ? [] : examplesOf(plan, records).map((run) => replaysOf(run, times));
  const runs = Array.from({ length: times }, (_, n) => again.flatMap((one) => one[n] ?? [])).flat();
  if (runs.length === 0) return { runs };
  const repeated = `repeating one failing run of each scenario ${count(times, 'time')}`;
  return { runs, says: `${repeated}: ${count(runs.length, 'run')}` };
};

/** The runs to repeat; a submission that could not be built or started would fail in the same way, so it has none. */
function examplesOf(plan: Plan, records: readonly RunRecord[]): PlannedRun[] {
  const planned = plannedRuns(plan);
  const tallies = tally(records, { planned, stopping: plan.stopping });
  const leading = [...groupBy(tallies, ({ submission }) => submission).values()]
    .filter((own) => statusFrom(own) === undefined)
    .flatMap((own) => own.flatMap(({ signatures }) => signatures.slice(0, 1)));
  const keys = new Set(leading.map(({ exampleRun }) => exampleRun));
  return planned.filter(({ key }) => keys.has(key));
}

/** A server that starts in half of all runs fails to start in so many runs in a row with a probability of 0.1 %. */
const ENOUGH_START_FAILURES = 10;

/** The options of a grading that other campaigns do not share. */
export const GRADING = {
  stages: [submissionRuns, replays],
  keepsPasses: true,
  enoughStartFailures: ENOUGH_START_FAILURES,
} satisfies Partial<CampaignOptions>;
