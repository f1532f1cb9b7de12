/** `pblab grade`: plan → execute → journal → tally → points, and the report on a terminal and in files. */

import { join, relative, resolve } from 'node:path';
import { invocation, shellWord } from '../../harness/index.js';
import {
  chooseGraded,
  chooseAmount,
  readClassFiles,
  type AskedAmount,
} from '../grading/class-request.js';
import { eachOnce } from '../plan/find/find-submissions.js';
import { keepFiles } from '../results/kept-files.js';
import { tellOfRoster } from '../grading/roster-notes.js';
import { exitCode } from '../ground/exit-code.js';
import { DEFAULT_JOBS } from '../campaign/execute.js';
import type { CampaignOptions } from '../campaign/campaign.js';
import { controlRuns } from '../tally/control-arm.js';
import { count } from '../text/count.js';
import {
  beginGrading,
  resumeGrading,
  type GradingOptions,
  type GradingOutcome,
} from '../grading/grading.js';
import { countPlannedRuns, type Plan } from '../plan/plan.js';
import { prepare, prepareAgain } from '../plan/preparation.js';
import { isColored } from '../views/terminal/color.js';
import { renderRegrade } from '../views/terminal/regrade-lines.js';
import { renderStories } from '../views/terminal/stories.js';
import { renderTerminal } from '../views/terminal/terminal.js';
import { RESULTS_FILE, type Results } from '../results/results.js';
import { sanitizeLine } from '../text/sanitize.js';
import { USUAL_BUDGET } from '../plan/time-budget.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';
import { cleaned } from '../text/sanitize.js';

const LINE_LENGTH = 2000;

export interface GradeOptions extends AskedAmount {
  /** One run in so many is one of the reference; 0 or absent for none. */
  control?: number;
  scenario: string[];
  /** For directories that have none of their own. */
  manifest?: string;
  /** Whether archives that were handed in are opened. */
  openArchives?: boolean;
  rubric?: string;
  roster?: string;
  rosterColumns?: string;
  seed?: string;
  /** How long the runs of each submission may take, in ms; 0 for as long as they take. */
  budgetPerSubmission?: number;
  jobs?: number;
  out?: string;
  /** Whether pages and files for course systems are written, too; they are unless said otherwise. */
  report?: boolean;
}

/** Grades submissions; resolves to the exit code. */
export async function grade(specs: readonly string[], options: GradeOptions): Promise<number> {
  const files = readClassFiles(options);
  const { plan: prepared, submissions } = await prepare({
    specs: eachOnce(specs),
    manifest: options.manifest,
    openArchives: options.openArchives,
    scenarios: chooseGraded(options.scenario, files.rubric),
    ...chooseAmount(options, files.rubric),
    namedByFolder: files.rubric !== undefined || files.roster !== undefined,
    seed: options.seed,
    controlOneIn: options.control,
  });
  const plan = withBudget(prepared, options.budgetPerSubmission);
  if (files.roster !== undefined) tellOfRoster(files.roster, plan.submissions);
  // Only now: during a build, Ctrl-C ends the command at once, and the guardian cleans up.
  const signal = interruptSignal();
  const directory = outDirectory(options.out);
  process.stderr.write(`${announce(plan)} into ${displayPath(directory)}, seed ${plan.seed}\n`);
  const grading = gradingOptions(directory, options, submissions, signal);
  const keep = () => keepFiles(directory, files.texts);
  return conclude(directory, await beginGrading(plan, { ...grading, keepFiles: keep }));
}

/** One by itself keeps nobody waiting. */
function withBudget(plan: Plan, askedMs: number | undefined): Plan {
  if (askedMs === 0 || (askedMs === undefined && plan.submissions.length < 2)) return plan;
  return { ...plan, budget: askedMs === undefined ? USUAL_BUDGET : { ms: askedMs } };
}

/** `at most 400 runs, and 21 of the control arm`. */
function announce(plan: Plan): string {
  const runs = count(countPlannedRuns(plan), 'run');
  const control = controlRuns(plan).length;
  const atMost = plan.stopping === undefined ? '' : 'at most ';
  return `${atMost}${runs}${control === 0 ? '' : `, and ${control} of the control arm,`}`;
}

/** Goes on with the interrupted grading of a directory; resolves to the exit code. */
export async function resumeGrade(
  directory: string,
  options: { jobs?: number; report?: boolean },
): Promise<number> {
  const grading = gradingOptions(directory, options, new Map(), interruptSignal());
  return conclude(directory, await resumeGrading(grading, prepareAgain));
}

/** The directory asked for, or a new one named by the time. */
export function outDirectory(asked: string | undefined): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return resolve(asked ?? join('pblab-out', `${time}-${process.pid}`));
}

/** A path as a person would type it from here. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

/** The command that goes on in a directory. */
export function resumeCommand(directory: string): string {
  return `${invocation()} resume ${shellWord(displayPath(directory))}`;
}

export function gradingOptions(
  directory: string,
  { jobs, report = true }: { jobs?: number; report?: boolean },
  submissions: CampaignOptions['submissions'],
  signal: AbortSignal,
): GradingOptions {
  return { directory, jobs: jobs ?? DEFAULT_JOBS, submissions, signal, report };
}

/** Shows what a grading has come to; the exit code. */
export function conclude(directory: string, outcome: GradingOutcome): number {
  const { results, interrupted } = outcome;
  const shown = cleaned(results);
  const color = isColored(process.stdout);
  const width = process.stdout.columns;
  process.stdout.write(renderTerminal(shown, { color, width }));
  const shownAs = displayPath(directory);
  process.stdout.write(renderStories(shown, { directory, shownAs, width }));
  process.stdout.write(renderRegrade(cleaned(outcome.regrade), { color, width }));
  process.stdout.write(renderPlaces(directory, outcome));
  if (interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    return EXIT_INTERRUPTED;
  }
  return gradingExitCode(results);
}

/**
 * What could not be built or started has failed. What the kit does not understand or read says nothing, and a grading
 * with it is not one in which all passed.
 */
export function gradingExitCode({ submissions, journalDamage }: Results): number {
  const nothing = { planned: 1, runs: 0, failed: 0, unknown: 0 };
  const ungraded = submissions
    .filter(({ ungradable }) => ungradable !== undefined)
    .map(({ status }) =>
      status === undefined || status.kind === 'not-understood'
        ? nothing
        : { ...nothing, runs: 1, failed: 1 },
    );
  const unread = journalDamage === undefined ? [] : [nothing];
  return exitCode([...submissions.flatMap(({ tallies }) => tallies), ...ungraded, ...unread]);
}

/** The files to look at first. */
export function renderPlaces(
  directory: string,
  { results, report, stale }: Pick<GradingOutcome, 'results' | 'report' | 'stale'>,
): string {
  const ungraded = results.submissions.filter(({ ungradable }) => ungradable !== undefined);
  const names = ungraded.map(({ name }) => name).join(', ');
  const lines = [
    ...[...stale, ...(report?.notes ?? [])].map((note) =>
      sanitizeLine(`note:    ${note}`, LINE_LENGTH),
    ),
    ...(ungraded.length === 0 ? [] : [sanitizeLine(`not graded: ${names}`, LINE_LENGTH)]),
    ...(report === undefined ? [] : [`report:  ${displayPath(report.page)}`]),
    ...(report?.outputs === undefined ? [] : [`outputs: ${displayPath(report.outputs)}`]),
    `results: ${displayPath(join(directory, RESULTS_FILE))}`,
  ];
  return `\n${lines.map((line) => `${line}\n`).join('')}`;
}
