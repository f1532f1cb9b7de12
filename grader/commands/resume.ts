/** `pblab resume`: continues the interrupted command of a directory. */

import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CampaignChoice } from './actions/campaign-options.js';
import * as options from './options.js';

export function addResume(program: Command): void {
  program
    .command('resume')
    .description('continue an interrupted grading, comparison, sweep or calibration')
    .argument('<dir>', 'its directory')
    .addOption(options.isolation())
    .addOption(options.jobs())
    .addOption(options.queue())
    .addOption(options.noReport())
    .action(options.exits(() => Promise.resolve(resume)));
}

async function resume(folder: string, given: CampaignChoice): Promise<number> {
  const directory = resolve(folder);
  const { readPlan } = await import('../plan/plan-file.js');
  const { calibration, sweep, comparison } = readPlan(directory);
  if (calibration !== undefined) {
    return (await import('./actions/calibrate.js')).resumeCalibration(directory, given);
  }
  if (sweep !== undefined)
    return (await import('./actions/sweep.js')).resumeSweep(directory, given);
  if (comparison !== undefined) {
    return (await import('./actions/compare.js')).resumeComparison(directory, given);
  }
  return (await import('./actions/grade.js')).resumeGrade(directory, given);
}
