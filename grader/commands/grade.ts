/** `pblab grade`: plan → execute → journal → tally, and the report on a terminal. */

import { join, relative, resolve } from 'node:path';
import { invocation } from '../../harness/index.js';
import { exitCode } from '../errors.js';
import { DEFAULT_JOBS } from '../execute.js';
import type { CampaignOptions } from '../campaign.js';
import { beginGrading, resumeGrading, type GradingOutcome } from '../grading.js';
import { controlRuns } from '../control-arm.js';
import { count } from '../describe-tally.js';
import { countPlannedRuns, type Plan } from '../plan.js';
import { prepare, prepareAgain, type PlanRequest } from '../preparation.js';
import { isColored } from '../reports/color.js';
import { renderStories } from '../reports/stories.js';
import { renderTerminal } from '../reports/terminal.js';
import { RESULTS_FILE } from '../results.js';
import { leastCap } from '../sequential/exact.js';
import { DEFAULT_STOPPING } from '../sequential/wald-test.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';

/** Runs of each scenario unless said otherwise. */
const DEFAULT_RUNS = 100;

/** One replay for so many runs of a scenario, unless said otherwise. */
const RUNS_PER_REPLAY = 20;

/** And no more than so many then. */
const MOST_REPLAYS = 5;

export interface GradeOptions {
  /** The most, with `sequential`. */
  runs?: number;
  /** Whether a scenario is run only until it is decided. */
  sequential?: boolean;
  /** One run in so many is one of the reference; 0 or absent for none. */
  control?: number;
  /** How often one failing run of each scenario is repeated. */
  replays?: number;
  scenario: string[];
  /** For directories that have none of their own. */
  manifest?: string;
  seed?: string;
  jobs?: number;
  out?: string;
}

/** Grades submissions; resolves to the exit code. */
export async function grade(specs: readonly string[], options: GradeOptions): Promise<number> {
  const { plan, submissions } = await prepare({
    specs,
    manifest: options.manifest,
    scenarios: options.scenario,
    ...amount(options),
    seed: options.seed,
    controlOneIn: options.control,
  });
  // Only now: during a build, Ctrl-C ends the command at once, and the guardian cleans up.
  const signal = interruptSignal();
  const directory = outDirectory(options.out);
  process.stderr.write(`${announce(plan)} into ${displayPath(directory)}, seed ${plan.seed}\n`);
  return conclude(
    directory,
    await beginGrading(plan, gradingOptions(directory, options, submissions, signal)),
  );
}

/** How many runs of a scenario there are, and how many of one that failed. */
function amount(
  options: GradeOptions,
): Pick<PlanRequest, 'runsPerScenario' | 'stopping' | 'replays'> {
  const stopping = options.sequential === true ? DEFAULT_STOPPING : undefined;
  const usual = stopping === undefined ? DEFAULT_RUNS : leastCap(stopping);
  const runsPerScenario = options.runs ?? usual;
  const replays = Math.min(MOST_REPLAYS, Math.floor(runsPerScenario / RUNS_PER_REPLAY));
  return { runsPerScenario, stopping, replays: options.replays ?? replays };
}

/** `at most 400 runs, and 21 of the control arm`. */
function announce(plan: Plan): string {
  const runs = count(countPlannedRuns(plan), 'run');
  const control = controlRuns(plan).length;
  const atMost = plan.stopping === undefined ? '' : 'at most ';
  return `${atMost}${runs}${control === 0 ? '' : `, and ${control} of the control arm,`}`;
}

/** Goes on with the interrupted grading of a directory; resolves to the exit code. */
export async function resumeGrade(directory: string, options: { jobs?: number }): Promise<number> {
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
  return `${invocation()} resume ${displayPath(directory)}`;
}

export function gradingOptions(
  directory: string,
  { jobs }: { jobs?: number },
  submissions: CampaignOptions['submissions'],
  signal: AbortSignal,
): CampaignOptions {
  return { directory, jobs: jobs ?? DEFAULT_JOBS, submissions, signal };
}

function conclude(directory: string, { results, interrupted }: GradingOutcome): number {
  const color = isColored(process.stdout);
  const width = process.stdout.columns;
  process.stdout.write(renderTerminal(results, { color, width }));
  process.stdout.write(renderStories(results, directory, displayPath(directory)));
  process.stdout.write(`\nresults: ${displayPath(join(directory, RESULTS_FILE))}\n`);
  if (interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    return EXIT_INTERRUPTED;
  }
  return exitCode(results.submissions.flatMap(({ tallies }) => tallies));
}
