/**
 * A grading: a campaign whose records become results. It is what `grade`, `test`, `resume` and the
 * demonstration share.
 */

import { join } from 'node:path';
import type { RunRecord } from '../harness/index.js';
import {
  beginCampaign,
  resumeCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from './campaign.js';
import { GRADING } from './grading-stages.js';
import { thisMachine } from './machine.js';
import type { Plan } from './plan.js';
import { buildResults, RESULTS_FILE, type Results } from './results.js';
import { writeFileAtomically } from './write-file-atomically.js';

export interface GradingOutcome {
  results: Results;
  /** One record a run, the latest attempt of each. */
  records: RunRecord[];
  /** True if it was stopped before every run was settled. */
  interrupted: boolean;
}

/** Begins a grading in a directory that holds none. */
export async function beginGrading(plan: Plan, options: CampaignOptions): Promise<GradingOutcome> {
  const campaign = { ...options, ...GRADING };
  return beginCampaign(plan, campaign, keepResults(options.directory));
}

/** Goes on with the grading of a directory; `resolve` finds the submissions of its plan. */
export async function resumeGrading(
  options: Omit<CampaignOptions, 'submissions'>,
  resolve: (plan: Plan) => Promise<CampaignOptions['submissions']>,
): Promise<GradingOutcome> {
  const campaign = { ...options, ...GRADING };
  return resumeCampaign(campaign, resolve, keepResults(options.directory));
}

function keepResults(directory: string) {
  return async ({ plan, records, interrupted }: CampaignOutcome): Promise<GradingOutcome> => {
    const context = { createdAt: new Date().toISOString(), machine: thisMachine() };
    const results = buildResults(plan, records, context);
    const text = `${JSON.stringify(results, null, 2)}\n`;
    await writeFileAtomically(join(directory, RESULTS_FILE), text);
    return { results, records, interrupted };
  };
}
