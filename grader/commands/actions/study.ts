/**
 * The common part of `compare`, `sweep` and `calibrate`: the runs of a plan are done in its directory, and their result
 * is written into files there and printed.
 */

import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  beginCampaign,
  resumeCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from '../../campaign/campaign.js';
import type { ExitCode } from '../../ground/exit-code.js';
import { thisMachine, type Machine } from '../../measured/grading-machine.js';
import type { Plan } from '../../plan/plan.js';
import { readPlan } from '../../plan/plan-file.js';
import { prepareAgain, type Preparation } from '../../plan/preparation.js';
import { writeFileAtomically } from '../../files/write-file-atomically.js';
import { campaignOptions, exitCodeAfter, type CampaignChoice } from './campaign-options.js';
import { displayPath } from './directory.js';
import { isolateAgain } from './isolate.js';

/** A kind of study; `Result` is the result of its runs. */
export interface Study<Result> {
  /** The number of its runs, as a phrase such as `12 runs`; absent where its stages announce theirs. */
  size?: (plan: Plan) => string;
  /** Its additions to the options of every campaign. */
  campaign: (plan: Plan) => Pick<CampaignOptions, 'stages' | 'keepsEvidence'>;
  build: (outcome: CampaignOutcome, context: { createdAt: string; machine: Machine }) => Result;
  /** Contents by the paths of the files in the directory. */
  files: (result: Result) => Readonly<Record<string, string>>;
  print: (result: Result, directory: string) => void;
  /** Names of these files below the results, by what they are. */
  places: Readonly<Record<string, readonly string[]>>;
  exitCode: (result: Result) => ExitCode;
}

/** The result of a study; `code` is the exit code. */
export interface StudyEnd<Result> {
  result: Result;
  code: number;
}

/** Does the runs of a new plan and reports them; `verb` announces it. */
export async function beginStudy<Result>(
  study: Study<Result>,
  verb: string,
  { plan, submissions }: Preparation,
  directory: string,
  choice: CampaignChoice,
): Promise<StudyEnd<Result>> {
  const options = { ...campaignOptions(directory, choice, submissions), ...study.campaign(plan) };
  const parts = [displayPath(directory), ...(study.size ? [study.size(plan)] : [])];
  process.stderr.write(`${verb} into ${parts.join(', ')}, seed ${plan.seed}\n`);
  return report(study, directory, await beginCampaign(plan, options, keep(study, directory)));
}

/** Continues an interrupted study and reports it. */
export async function resumeStudy<Result>(
  study: Study<Result>,
  directory: string,
  choice: CampaignChoice,
): Promise<StudyEnd<Result>> {
  await isolateAgain(directory, choice);
  const options = {
    ...campaignOptions(directory, choice),
    ...study.campaign(readPlan(directory)),
  };
  const conclusion = await resumeCampaign(options, prepareAgain, keep(study, directory));
  return report(study, directory, conclusion);
}

interface Conclusion<Result> {
  result: Result;
  end: Pick<CampaignOutcome, 'interrupted' | 'queue'>;
}

function keep<Result>(study: Study<Result>, directory: string) {
  return async (outcome: CampaignOutcome): Promise<Conclusion<Result>> => {
    const context = { createdAt: new Date().toISOString(), machine: thisMachine() };
    const result = study.build(outcome, context);
    for (const [file, text] of Object.entries(study.files(result))) {
      const path = join(directory, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomically(path, text);
    }
    const { interrupted, queue } = outcome;
    return { result, end: { interrupted, ...(queue === undefined ? {} : { queue }) } };
  };
}

function report<Result>(
  study: Study<Result>,
  directory: string,
  { result, end }: Conclusion<Result>,
): StudyEnd<Result> {
  study.print(result, directory);
  const places = Object.entries(study.places).map(([what, files]) => {
    const paths = files.map((file) => displayPath(join(directory, file)));
    return `${`${what}:`.padEnd(8)} ${paths.join(', ')}\n`;
  });
  process.stdout.write(`\n${places.join('')}`);
  return { result, code: exitCodeAfter(directory, end, study.exitCode(result)) };
}
