/**
 * `pblab calibrate`: how likely each scenario is to catch each mutant, or each wrong implementation of the independent
 * set, and how often the correct one fails. `resume` continues an interrupted calibration, and so does the same command
 * with the same directory.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, type World } from '../../../harness/index.js';
import { buildCalibration } from '../../studies/calibrate/build-calibration.js';
import {
  CALIBRATION_FILE,
  calibrationText,
  falseAlarms,
  isComplete,
  survivors,
  type Calibration,
} from '../../measured/calibration.js';
import { MEASURED_FILES, readMeasured, saveMeasured } from '../../measured/measured.js';
import { chooseIndependent, layOutIndependent } from '../../studies/calibrate/independent.js';
import {
  calibrationRequest,
  checkSame,
  type CalibrationSet,
} from '../../studies/calibrate/request.js';
import {
  closeLook,
  expectedLook,
  isWrong,
  screen as screenStage,
} from '../../studies/calibrate/calibration-stages.js';
import { createDirectory } from '../../campaign/campaign.js';
import { EXIT, type ExitCode } from '../../ground/exit-code.js';
import { PLAN_FILE, readPlan } from '../../plan/plan-file.js';
import { prepare } from '../../plan/preparation.js';
import { cleaned } from '../../text/sanitize.js';
import { renderCalibrationMarkdown } from '../../views/terminal/calibration-markdown.js';
import { renderCalibration } from '../../views/terminal/calibration-terminal.js';
import { EXIT_INTERRUPTED, type CampaignChoice } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { isolate } from './isolate.js';
import { screen } from './screen.js';
import { beginStudy, resumeStudy, type Study, type StudyEnd } from './study.js';

const MARKDOWN_FILE = 'calibration.md';

const CALIBRATION: Study<Calibration> = {
  campaign: (plan) => ({
    stages: [expectedLook, screenStage, closeLook],
    // Mutants fail by the thousands; the first run of each cell tells enough.
    keepsEvidence: ({ submission, index }) => !isWrong(plan, submission) || index === 0,
  }),
  build: ({ plan, records }, context) => buildCalibration(plan, records, context),
  files: (calibration) => ({
    [CALIBRATION_FILE]: calibrationText(calibration),
    [MARKDOWN_FILE]: renderCalibrationMarkdown(cleaned(calibration)),
  }),
  print: (calibration) => process.stdout.write(renderCalibration(cleaned(calibration), screen())),
  places: { results: [CALIBRATION_FILE, MARKDOWN_FILE] },
  exitCode: exitCodeOf,
};

export interface CalibrateOptions extends Omit<CampaignChoice, 'report'> {
  /** The wrong implementations; the mutants by default. */
  set?: CalibrationSet;
  /** Runs of a cell in the close look. */
  runs?: number;
  /** Runs of every cell. */
  screen?: number;
  scenario: string[];
  seed?: string;
  save?: boolean;
  world?: World;
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
    world: options.world,
  });
  if (existsSync(join(directory, PLAN_FILE))) {
    await checkSame(readPlan(directory), request, displayPath(directory));
    return resumeCalibration(directory, options);
  }
  await isolate(options);
  if (set === 'independent') {
    createDirectory(directory);
    await layOutIndependent(chooseIndependent(wrong), directory);
  }
  const prepared = await prepare(request);
  const end = await beginStudy(CALIBRATION, 'calibrating', prepared, directory, options);
  return saveIfAsked(end, options);
}

/** A part must not take the place of the whole. */
function refusePartialSave(wrong: readonly string[], options: CalibrateOptions): void {
  if (options.save === true && options.set === 'independent') {
    throw new UsageError("the kit's own calibration is the one with its mutants", {
      got: '--save with --set independent',
      expected: '--save without --set, or no --save',
    });
  }
  const isPart = wrong.length + options.scenario.length > 0;
  const { world = 'processes' } = options;
  if (options.save !== true || !isPart || readMeasured(MEASURED_FILES[world]) === undefined) return;
  throw new UsageError("a part cannot replace the kit's own calibration", {
    got: '--save with only some mutants or scenarios',
    expected: '--save with all of them, or no --save',
  });
}

/** Continues an interrupted calibration; resolves to the exit code. */
export async function resumeCalibration(
  directory: string,
  options: Pick<CalibrateOptions, 'jobs' | 'save' | 'isolation'>,
): Promise<number> {
  return saveIfAsked(await resumeStudy(CALIBRATION, directory, options), options);
}

async function saveIfAsked(
  { result, code }: StudyEnd<Calibration>,
  { save = false }: Pick<CalibrateOptions, 'save'>,
): Promise<number> {
  if (save && code === EXIT_INTERRUPTED) {
    process.stdout.write('nothing is saved yet; run the same command again to save the result\n');
  } else if (save) {
    await saveMeasured(result);
    process.stdout.write(`saved: ${displayPath(MEASURED_FILES[result.world ?? 'processes'])}\n`);
  }
  return code;
}

function exitCodeOf(calibration: Calibration): ExitCode {
  if (falseAlarms(calibration).length + survivors(calibration).length > 0) return EXIT.failed;
  return isComplete(calibration) ? EXIT.passed : EXIT.unknown;
}
