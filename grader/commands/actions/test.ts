/**
 * `pblab test`: every scenario once, a line for each as it ends, and at the end for each failure the
 * events that prove it.
 */

import { invocation, shellWord, type RunRecord, type Step } from '../../../harness/index.js';
import { beginGrading, type GradingOutcome } from '../../grading/grading.js';
import { includesHandedIn } from '../../plan/isolation-of-plan.js';
import { runsScenario, type Plan } from '../../plan/plan.js';
import { chooseSteps } from '../../plan/choice.js';
import { prepare } from '../../plan/preparation.js';
import { LENGTHS } from '../../text/clean-text.js';
import { cleaned, sanitizeLine } from '../../text/sanitize.js';
import { inWorld } from '../../text/student-commands.js';
import { guessMistakes } from '../../results/likely-mistakes/guess-mistake.js';
import { paletteOf, type Palette } from '../../views/terminal/color.js';
import { renderLikely } from '../../views/terminal/likely-lines.js';
import { renderCounts, renderNews, renderSettled } from '../../views/terminal/single-runs.js';
import { renderStepsEnd } from '../../views/terminal/steps-end.js';
import { renderStoppedEarly, stoppedEarly } from '../../views/terminal/stopped-early.js';
import { renderTierCounts } from '../../views/terminal/tier-lines.js';
import { campaignOptions, exitCodeAfter, type PlanChoice } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { gradingExitCode } from './grade.js';
import { isolate } from './isolate.js';
import { screen } from './screen.js';

/** Runs that fail to start, or in which nothing works, before the rest is not done. */
const ENOUGH_START_FAILURES = 3;

export interface TestOptions extends PlanChoice {
  scenario: string[];
  /** A step of the lab, or a range of steps, instead of scenarios. */
  step?: string;
}

/** Tests one submission; resolves to the exit code. */
export async function test(spec: string, options: TestOptions): Promise<number> {
  const steps = options.step === undefined ? undefined : chooseSteps(options.step);
  const { level } = await isolate(options);
  const { plan, submissions } = await prepare({
    specs: [spec],
    manifest: options.manifest,
    openArchives: options.openArchives,
    mayLackPrograms: true,
    scenarios: [...options.scenario, ...(steps ?? []).flatMap(({ scenarios }) => scenarios)],
    runsPerScenario: 1,
    seed: options.seed,
    world: options.world,
  });
  const directory = outDirectory(options.out);
  const { color, width } = screen();
  const palette = paletteOf(color);
  const outcome = await beginGrading(plan, {
    ...campaignOptions(directory, { ...options, report: false }, submissions),
    enoughStartFailures: ENOUGH_START_FAILURES,
    enoughAlike: ENOUGH_START_FAILURES,
    announce: (record) => renderSettled(cleaned(record), { palette, width }),
  });
  const manifest =
    options.manifest === undefined ? [] : ['--manifest', shellWord(options.manifest)];
  const archives = options.openArchives === true ? ['--open-archives'] : [];
  // Without it, a grading of others' programs would be refused where there is no isolation.
  const unprotected = level === 'none' && includesHandedIn([{ spec }]) ? ['--isolation none'] : [];
  const words =
    [shellWord(spec), ...manifest, ...archives, ...unprotected].join(' ') + inWorld(plan.world);
  const [page] = await writePage(directory, outcome);
  process.stdout.write(reportOf(plan, outcome, { steps, words, width, directory, palette, page }));
  return exitCodeAfter(directory, outcome, gradingExitCode(outcome.results));
}

/** The page of the submission, where there is anything to read about. */
async function writePage(
  directory: string,
  { records, results }: GradingOutcome,
): Promise<string[]> {
  if (records.every(({ verdict }) => verdict === 'pass')) return [];
  // The modules that draw pages take long to load.
  const { writeStudentPages } = await import('../../grading/write-report.js');
  return writeStudentPages(directory, results);
}

interface ReportContext extends NextContext {
  directory: string;
  palette: Palette;
  /** Where the page is, if one was written. */
  page: string | undefined;
}

/** What is said at the end: first why the test has stopped early, last what to do next. */
function reportOf(plan: Plan, outcome: GradingOutcome, context: ReportContext): string {
  const { directory, palette, width, page } = context;
  const records = inOrderOf(plan, outcome);
  const clean = cleaned(records);
  const [only] = outcome.results.submissions;
  const planned = plannedOf(plan);
  const stops = outcome.interrupted ? [] : stoppedEarly(clean, planned);
  const ungradable = only?.ungradable;
  const first =
    ungradable === undefined
      ? renderStoppedEarly(stops, width ?? DEFAULT_WIDTH)
      : `\nNothing else was tested, because ${sanitizeLine(ungradable, LENGTHS.sentence)}. Fix this and test again.\n`;
  const groups = cleaned(only?.groups);
  const place = { directory, shownAs: displayPath(directory), palette, width, groups, stops };
  const news = renderNews(clean, place);
  // Without a program to start, no scenario was tried.
  const tiers = ungradable === undefined ? `${renderTierCounts(clean, planned)}\n` : '';
  const seconds = records.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  // Nobody has waited for as long as a clock of the virtual world says.
  const played =
    plan.world === 'virtual'
      ? `world: virtual, its clock went ${seconds.toFixed(1)} s on`
      : `${seconds.toFixed(1)} s of runs`;
  const counts = `${renderCounts(clean, planned.length)} (seed ${plan.seed}, ${played})\n`;
  const shown = page === undefined ? '' : `page: ${displayPath(page)}\n`;
  const hasStopped = ungradable !== undefined || stops.length > 0;
  const next = hasStopped && context.steps === undefined ? '' : whatNext(plan, records, context);
  const tallies = hasStopped ? [] : (only?.tallies ?? []);
  const likely = renderLikely(cleaned(guessMistakes(tallies)), width);
  return `${first}${news}\n${likely}${tiers}${counts}${shown}${next}`;
}

interface NextContext {
  /** The steps that were tested, if scenarios were chosen by steps. */
  steps: readonly [Step, ...Step[]] | undefined;
  /** The submission, and the options with which it is found, as on the command line. */
  words: string;
  /** Columns of the terminal. */
  width: number | undefined;
}

/** The width without a terminal. */
const DEFAULT_WIDTH = 100;

/** What to do when the runs are done. */
function whatNext(
  plan: Plan,
  records: readonly RunRecord[],
  { steps, words, width = DEFAULT_WIDTH }: NextContext,
): string {
  if (steps === undefined) {
    return `One run of each scenario cannot show rare failures; to measure them: ${invocation()} grade ${words} -n 100\n`;
  }
  const planned = plannedOf(plan);
  const command = `${invocation()} test ${words}`;
  return renderStepsEnd(steps, { planned, records }, { command, width });
}

/** The scenarios that the submission was to play. */
function plannedOf({ scenarios, submissions }: Plan): string[] {
  const ids = scenarios.map(({ id }) => id);
  return ids.filter((id) => submissions.some((one) => runsScenario(one, id)));
}

/** The records came in whatever order the runs ended. */
function inOrderOf(plan: Plan, { records }: GradingOutcome): RunRecord[] {
  return plan.scenarios.flatMap(({ id }) => records.find(({ scenario }) => scenario === id) ?? []);
}
