/**
 * A grading: a campaign whose records become results. It is what `grade`, `test`, `resume` and the
 * demonstration share.
 */

import type { RunRecord } from '../harness/index.js';
import {
  beginCampaign,
  resumeCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from './campaign.js';
import { publish } from './class/publish.js';
import { GRADING_STAGES } from './grading-stages.js';
import type { Plan } from './plan.js';
import type { Results } from './results.js';

export interface GradingOutcome {
  results: Results;
  /** One record a run, the latest attempt of each. */
  records: RunRecord[];
  /** True if it was stopped before every run was settled. */
  interrupted: boolean;
}

/** Begins a grading in a directory that holds none. */
export async function beginGrading(plan: Plan, options: CampaignOptions): Promise<GradingOutcome> {
  const campaign = { ...options, stages: GRADING_STAGES };
  return beginCampaign(plan, campaign, keepResults(options.directory));
}

/** Goes on with the grading of a directory; `resolve` finds the submissions of its plan. */
export async function resumeGrading(
  options: Omit<CampaignOptions, 'submissions'>,
  resolve: (plan: Plan) => Promise<CampaignOptions['submissions']>,
): Promise<GradingOutcome> {
  const campaign = { ...options, stages: GRADING_STAGES };
  return resumeCampaign(campaign, resolve, keepResults(options.directory));
}

function keepResults(directory: string) {
  return async ({ records, interrupted }: CampaignOutcome): Promise<GradingOutcome> => ({
    results: await publish(directory),
    records,
    interrupted,
  });
}
