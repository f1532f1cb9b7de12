/** The stages of a grading: the runs of its submissions, with the control arm between them, and then the replays. */

import type { RunRecord } from '../harness/index.js';
import type { CampaignOptions, Stage } from './campaign/campaign.js';
import { controlRuns } from './control-arm.js';
import { count } from './describe-tally.js';
import { plannedRuns, type Plan, type PlannedRun } from './plan.js';
import { replaysOf } from './replays.js';
import { tally } from './tally.js';

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
  const each = `${times} ${times === 1 ? 'time' : 'times'}`;
  return {
    runs,
    says: `again: one failing run of each scenario, ${each}: ${count(runs.length, 'run')}`,
  };
};

/** A build that failed would fail again, and there is nothing to run. */
function examplesOf(plan: Plan, records: readonly RunRecord[]): PlannedRun[] {
  const planned = plannedRuns(plan);
  const leading = tally(records, { planned, stopping: plan.stopping }).flatMap(({ signatures }) =>
    signatures.slice(0, 1).filter((one) => one.class !== 'build'),
  );
  const keys = new Set(leading.map(({ exampleRun }) => exampleRun));
  return planned.filter(({ key }) => keys.has(key));
}

/** What a grading has besides what every campaign has. */
export const GRADING: Pick<CampaignOptions, 'stages' | 'keepsPasses'> = {
  stages: [submissionRuns, replays],
  keepsPasses: true,
};
