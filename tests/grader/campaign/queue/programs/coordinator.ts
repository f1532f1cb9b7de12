/**
 * A coordinator, as a program: begins the campaign of a made-up plan in a directory, or goes on with it. Its argument is
 * a `CoordinatorChoice` as JSON. When it has ended without being interrupted, the directory has a file `ended`.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  beginCampaign,
  resumeCampaign,
  type CampaignOutcome,
} from '../../../../../grader/campaign/campaign.js';
import { interruptSignal } from '../../../../../grader/commands/actions/campaign-options.js';
import { PLAN_FILE } from '../../../../../grader/plan/plan-file.js';
import { PLAN } from '../../../../../grader/plan/plan.js';
import { controlCells } from '../../../../../grader/tally/control-arm.js';
import { plannedCells } from '../../../../../grader/plan/run-cells.js';
import { noIsolation, useIsolation, UsageError } from '../../../../../harness/index.js';
import { submissionsOf } from '../made-up-runs.js';

export interface CoordinatorChoice {
  directory: string;
  /** The file of the plan, where there is none in the directory. */
  plan: string;
  address: string;
  leaseMs: number;
}

const [, , argument = '{}'] = process.argv;
const { directory, plan: file, address, leaseMs }: CoordinatorChoice = JSON.parse(argument);

useIsolation(noIsolation());
const common = {
  directory,
  jobs: 1,
  signal: interruptSignal(),
  queue: { address, leaseMs },
  stages: [
    (plan: Parameters<typeof plannedCells>[0]) => ({
      cells: plannedCells(plan),
      ...(plan.control === undefined
        ? {}
        : { control: { cells: controlCells(plan), oneIn: plan.control.oneIn } }),
    }),
  ],
};

function conclude({ interrupted }: CampaignOutcome): Promise<void> {
  if (!interrupted) writeFileSync(join(directory, 'ended'), '');
  return Promise.resolve();
}

void coordinate();

async function coordinate(): Promise<void> {
  try {
    if (existsSync(join(directory, PLAN_FILE))) {
      await resumeCampaign(common, submissionsOf, conclude);
    } else {
      const plan = PLAN.parse(JSON.parse(readFileSync(file, 'utf8')));
      await beginCampaign(plan, { ...common, submissions: await submissionsOf(plan) }, conclude);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 64 : 70;
  }
}
