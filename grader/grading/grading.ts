/**
 * A grading: a campaign whose records become results and a report. `grade`, `test`, `resume`, `regrade` and the
 * demonstration share it.
 */

import type { RunRecord } from '../../harness/index.js';
import {
  beginCampaign,
  resumeCampaign,
  reviseCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from '../campaign/campaign.js';
import { publish, type Published } from './publish.js';
import { GRADING } from './grading-stages.js';
import type { Plan } from '../plan/plan.js';

export interface GradingOptions extends CampaignOptions {
  /** Whether pages and files for course systems are written besides the results. */
  report: boolean;
}

export interface GradingOutcome extends Published {
  /** One record a run, the latest attempt of each. */
  records: RunRecord[];
  /** True if it was stopped before every run was settled. */
  interrupted: boolean;
  /** The address of the queue that was used, without a password. */
  queue?: string;
}

/** Begins a grading in a directory that holds none. */
export async function beginGrading(plan: Plan, options: GradingOptions): Promise<GradingOutcome> {
  return beginCampaign(plan, { ...GRADING, ...options }, keepResults(options));
}

/** Goes on with the grading of a directory; `resolve` finds the submissions of its plan. */
export async function resumeGrading(
  options: Omit<GradingOptions, 'submissions'>,
  resolve: (plan: Plan) => Promise<CampaignOptions['submissions']>,
): Promise<GradingOutcome> {
  return resumeCampaign({ ...GRADING, ...options }, resolve, keepResults(options));
}

/** Goes on with the grading of a directory by another plan, which `revise` puts in the place of the old one. */
export async function reviseGrading(
  options: Omit<GradingOptions, 'submissions'>,
  revise: Parameters<typeof reviseCampaign>[1],
): Promise<GradingOutcome> {
  return reviseCampaign({ ...GRADING, ...options }, revise, keepResults(options));
}

function keepResults({ directory, report }: Omit<GradingOptions, 'submissions'>) {
  return async ({ records, interrupted, queue }: CampaignOutcome): Promise<GradingOutcome> => ({
    ...(await publish(directory, { report })),
    records,
    interrupted,
    ...(queue === undefined ? {} : { queue }),
  });
}
