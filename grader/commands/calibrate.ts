/**
 * `pblab calibrate`: how likely each scenario is to catch each mutant, or each wrong implementation of the independent
 * set, and how often the correct one is accused. A calibration that was interrupted goes on with `resume`, or when it is asked for again with
 * the same directory.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../harness/index.js';
import { buildCalibration } from '../studies/calibrate/build-calibration.js';
import {
  CALIBRATION_FILE,
  calibrationText,
  falseAlarms,
  isComplete,
  survivors,
  type Calibration,
} from '../measured/calibration.js';
import { MEASURED_FILE, readMeasured, saveMeasured } from '../measured/measured.js';
import { chooseIndependent, layOutIndependent } from '../studies/calibrate/independent.js';
import {
  calibrationRequest,
  checkSame,
  type CalibrationSet,
} from '../studies/calibrate/request.js';
import {
  closeLook,
  expectedLook,
  isWrong,
  screen,
} from '../studies/calibrate/calibration-stages.js';
import {
  beginCampaign,
  createDirectory,
  resumeCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from '../campaign/campaign.js';
import { EXIT } from '../ground/exit-code.js';
import { thisMachine } from '../measured/grading-machine.js';
import type { Plan } from '../plan/plan.js';
import { PLAN_FILE, readPlan } from '../plan/plan-file.js';
import { prepare, prepareAgain } from '../plan/preparation.js';
import { renderCalibrationMarkdown } from '../views/terminal/calibration-markdown.js';
import { renderCalibration } from '../views/terminal/calibration-terminal.js';
import { isColored } from '../views/terminal/color.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { displayPath, gradingOptions, outDirectory, resumeCommand } from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';
import { cleaned } from '../text/sanitize.js';

const MARKDOWN_FILE = 'calibration.md';

/** What a calibration has besides what every campaign has. */
function calibrating(plan: Plan): Pick<CampaignOptions, 'stages' | 'keepsEvidence'> {
  return {
    stages: [expectedLook, screen, closeLook],
    // Mutants fail by the thousands; the first run of each cell tells enough.
    keepsEvidence: ({ submission, index }) => !isWrong(plan, submission) || index === 0,
  };
}

export interface CalibrateOptions {
  /** What is calibrated with; the mutants unless said otherwise. */
  set?: CalibrationSet;
  /** Runs of a cell that is looked at closely. */
  runs?: number;
  /** Runs of every cell. */
  screen?: number;
  scenario: string[];
  seed?: string;
  jobs?: number;
  out?: string;
  save?: boolean;
}

interface Conclusion {
  calibration: Calibration;
  interrupted: boolean;
}

/** Calibrates with these mutants or others of a set, or with all of it; resolves to the exit code. */
export async function calibrate(
  wrong: readonly string[],
  options: CalibrateOptions,
): Promise<number> {
  refusePartialSave(wrong, options);
  const { set = 'mutants' } = options;
  const directory = outDirectory(options.out);
  const request = await calibrationRequest({
    set,
    wrong,
    directory,
    scenarios: options.scenario,
    closeRuns: options.runs,
    screenRuns: options.screen,
    seed: options.seed,
  });
  if (existsSync(join(directory, PLAN_FILE))) {
    await checkSame(readPlan(directory), request, displayPath(directory));
    return resumeCalibration(directory, options);
  }
  if (set === 'independent') {
    createDirectory(directory);
    await layOutIndependent(chooseIndependent(wrong), directory);
  }
  const { plan, submissions } = await prepare(request);
  const signal = interruptSignal();
  process.stderr.write(`calibrating into ${displayPath(directory)}, seed ${plan.seed}\n`);
  const campaign = {
    ...gradingOptions(directory, options, submissions, signal),
    ...calibrating(plan),
  };
  return report(directory, await beginCampaign(plan, campaign, keep(directory)), options);
}

/** A part must not take the place of the whole. */
function refusePartialSave(wrong: readonly string[], options: CalibrateOptions): void {
  if (options.save === true && options.set === 'independent') {
    throw new UsageError('the calibration of the kit is the one with its mutants', {
      got: '--save with --set independent',
      expected: '--save without --set, or no --save',
    });
  }
  const isPart = wrong.length + options.scenario.length > 0;
  if (options.save !== true || !isPart || readMeasured() === undefined) return;
  throw new UsageError('this would replace the calibration of the whole kit by a part of it', {
    got: '--save with some mutants or scenarios',
    expected: '--save with all of them, or no --save',
  });
}

/** Goes on with an interrupted calibration; resolves to the exit code. */
export async function resumeCalibration(
  directory: string,
  options: Pick<CalibrateOptions, 'jobs' | 'save'>,
): Promise<number> {
  const grading = gradingOptions(directory, options, new Map(), interruptSignal());
  const campaign = { ...grading, ...calibrating(readPlan(directory)) };
  const conclusion = await resumeCampaign(campaign, prepareAgain, keep(directory));
  return report(directory, conclusion, options);
}

function keep(directory: string) {
  return async ({ plan, records, interrupted }: CampaignOutcome): Promise<Conclusion> => {
    const context = { createdAt: new Date().toISOString(), machine: thisMachine() };
    const calibration = buildCalibration(plan, records, context);
    await writeFileAtomically(join(directory, CALIBRATION_FILE), calibrationText(calibration));
    const markdown = renderCalibrationMarkdown(cleaned(calibration));
    await writeFileAtomically(join(directory, MARKDOWN_FILE), markdown);
    return { calibration, interrupted };
  };
}

async function report(
  directory: string,
  { calibration, interrupted }: Conclusion,
  { save = false }: Pick<CalibrateOptions, 'save'>,
): Promise<number> {
  const color = isColored(process.stdout);
  const width = process.stdout.columns;
  process.stdout.write(renderCalibration(cleaned(calibration), { color, width }));
  const files = [CALIBRATION_FILE, MARKDOWN_FILE].map((file) => displayPath(join(directory, file)));
  process.stdout.write(`\nresults: ${files.join(', ')}\n`);
  if (interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    if (save)
      process.stdout.write('and to save it then, calibrate once more with the same words\n');
    return EXIT_INTERRUPTED;
  }
  if (save) {
    await saveMeasured(calibration);
    process.stdout.write(`saved: ${displayPath(MEASURED_FILE)}\n`);
  }
  if (falseAlarms(calibration).length + survivors(calibration).length > 0) return EXIT.failed;
  return isComplete(calibration) ? EXIT.passed : EXIT.unknown;
}
