/** The stages of a grading: the runs of its submissions, with the control arm between them, and then the replays. */

import type { Stage } from './campaign.js';
import { controlRuns } from './control-arm.js';
import { plannedRuns } from './plan.js';

/** Every run of the plan, or as many as it takes to decide. */
const submissionRuns: Stage = (plan) => ({
  runs: plannedRuns(plan),
  stopping: plan.stopping,
  control: plan.control && { runs: controlRuns(plan), oneIn: plan.control.oneIn },
});

export const GRADING_STAGES: readonly Stage[] = [submissionRuns];
