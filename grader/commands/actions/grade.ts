/** `pblab grade`: plan → execute → journal → tally → points, and the report on a terminal and in files. */

import { join } from 'node:path';
import { invocation, UsageError } from '../../../harness/index.js';
import {
  chooseGraded,
  chooseAmount,
  readClassFiles,
  type AskedAmount,
} from '../../grading/class-request.js';
import { eachOnce } from '../../plan/find/find-submissions.js';
import { keepFiles } from '../../results/kept-files.js';
import { tellOfRoster } from '../../grading/roster-notes.js';
import { exitCode } from '../../ground/exit-code.js';
import { controlCells } from '../../tally/control-arm.js';
import { count } from '../../text/count.js';
import { beginGrading, resumeGrading, type GradingOutcome } from '../../grading/grading.js';
import type { Plan, Shard } from '../../plan/plan.js';
import { readPlan } from '../../plan/plan-file.js';
import { countRuns, plannedCells } from '../../plan/run-cells.js';
import { readHosts } from '../../campaign/queue/hosts-file.js';
import { say } from '../../text/message.js';
import { planOfShard, shardName, type ShardChoice } from '../../plan/shard.js';
import { prepare, prepareAgain } from '../../plan/preparation.js';
import { renderRegrade } from '../../views/terminal/regrade-lines.js';
import { renderStories } from '../../views/terminal/stories.js';
import { renderTerminal } from '../../views/terminal/terminal.js';
import { RESULTS_FILE, type Results } from '../../results/results.js';
import { LENGTHS } from '../../text/clean-text.js';
import { cleaned, sanitizeLine } from '../../text/sanitize.js';
import { USUAL_BUDGET } from '../../plan/time-budget.js';
import {
  campaignOptions,
  exitCodeAfter,
  type CampaignChoice,
  type PlanChoice,
} from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { isolateGrading, isolateOthers } from './isolate.js';
import { screen } from './screen.js';

export interface GradeOptions extends AskedAmount, PlanChoice {
  /** One run in so many is one of the reference; 0 or absent for none. */
  control?: number;
  scenario: string[];
  rubric?: string;
  roster?: string;
  rosterColumns?: string;
  /** How long the runs of each submission may take, in ms; 0 for as long as they take. */
  budgetPerSubmission?: number;
  /** If present, only these cells are run; `seed` is present then. */
  shard?: ShardChoice;
}

/** Grades submissions; resolves to the exit code. */
export async function grade(specs: readonly string[], options: GradeOptions): Promise<number> {
  assertFitForShard(options);
  const files = readClassFiles(options);
  await isolateOthers(specs, options);
  const { plan: prepared, submissions } = await prepare({
    specs: eachOnce(specs),
    manifest: options.manifest,
    openArchives: options.openArchives,
    scenarios: chooseGraded(options.scenario, files.rubric),
    ...chooseAmount(options, files.rubric),
    namedByFolder: files.rubric !== undefined || files.roster !== undefined,
    seed: options.seed,
    world: options.world,
    controlOneIn: options.control,
  });
  const whole = withBudget(prepared, options.budgetPerSubmission);
  const plan = options.shard === undefined ? whole : planOfShard(whole, options.shard);
  if (files.roster !== undefined) tellOfRoster(files.roster, plan.submissions);
  const directory = outDirectory(options.out);
  const grading = campaignOptions(directory, options, submissions);
  process.stderr.write(`${announce(plan)} into ${displayPath(directory)}, seed ${plan.seed}\n`);
  const keep = () => keepFiles(directory, files.texts);
  const code = conclude(directory, await beginGrading(plan, { ...grading, keepFiles: keep }));
  tellOfMerge(plan.shard);
  return code;
}

/** A drawn seed would be another one for each shard, and all shards would use one queue. */
function assertFitForShard({ shard, seed, queue }: GradeOptions): void {
  if (shard === undefined) return;
  if (queue !== undefined) {
    throw new UsageError('a shard is graded on one machine, without a queue', {
      got: '--shard together with --queue or PBLAB_QUEUE',
      hint: 'leave out one of them: agents of a queue share a whole grading',
    });
  }
  if (seed !== undefined) return;
  throw new UsageError(`--shard ${shard.index}/${shard.of} needs a seed`, {
    expected: '--seed with any text, the same for all shards',
    hint: 'runs of different seeds cannot be merged',
  });
}

function tellOfMerge(shard: Shard | undefined): void {
  if (shard === undefined) return;
  process.stdout.write(
    `This is ${shardName(shard)}. When all are done, \`${invocation()} merge DIR... --out DIR\` makes the grading of them.\n`,
  );
}

/** A single submission has no limit, because no other waits for it. */
function withBudget(plan: Plan, askedMs: number | undefined): Plan {
  if (askedMs === 0 || (askedMs === undefined && plan.submissions.length < 2)) return plan;
  return { ...plan, budget: askedMs === undefined ? USUAL_BUDGET : { ms: askedMs } };
}

/** `at most 400 runs, and 21 control runs,`. */
function announce(plan: Plan): string {
  const runs = count(countRuns(plannedCells(plan)), 'run');
  const control = countRuns(controlCells(plan));
  const atMost = plan.stopping === undefined ? '' : 'at most ';
  const part = plan.shard === undefined ? '' : `${shardName(plan.shard)}: `;
  return `${part}${atMost}${runs}${control === 0 ? '' : `, and ${count(control, 'control run')},`}`;
}

/** Continues the interrupted grading of a directory; resolves to the exit code. */
export async function resumeGrade(directory: string, options: CampaignChoice): Promise<number> {
  await isolateGrading(directory, [], options);
  if (options.queue === undefined && readHosts(directory) !== undefined) {
    say(
      'this grading was shared with agents; its runs are done on this machine now (to share them: --queue)',
    );
  }
  const code = conclude(
    directory,
    await resumeGrading(campaignOptions(directory, options), prepareAgain),
  );
  tellOfMerge(readPlan(directory).shard);
  return code;
}

/** Shows the results of a grading; returns the exit code. */
export function conclude(directory: string, outcome: Omit<GradingOutcome, 'records'>): number {
  const { results } = outcome;
  const paper = screen();
  const shown = cleaned(results);
  const { width } = paper;
  process.stdout.write(renderTerminal(shown, paper));
  const shownAs = displayPath(directory);
  process.stdout.write(renderStories(shown, { directory, shownAs, width }));
  process.stdout.write(renderRegrade(cleaned(outcome.regrade), paper));
  process.stdout.write(renderPlaces(directory, outcome));
  return exitCodeAfter(directory, outcome, gradingExitCode(results));
}

/**
 * A submission that could not be built or started has failed. One that the kit does not understand, and journal lines
 * that it cannot read, count as unknown, so that the exit code is not 0.
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
      sanitizeLine(`note:    ${note}`, LENGTHS.block),
    ),
    ...(ungraded.length === 0 ? [] : [sanitizeLine(`not graded: ${names}`, LENGTHS.block)]),
    ...(report === undefined ? [] : [`report:  ${displayPath(report.page)}`]),
    ...(report?.outputs === undefined ? [] : [`outputs: ${displayPath(report.outputs)}`]),
    `results: ${displayPath(join(directory, RESULTS_FILE))}`,
  ];
  return `\n${lines.map((line) => `${line}\n`).join('')}`;
}
