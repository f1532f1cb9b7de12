/**
 * `pblab compare`: two submissions meet the same runs, interleaved, and the answer says how the second does
 * against the first. The runs of the first may also come from an earlier grading.
 */

import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { invocation, shellWord, UsageError } from '../../harness/index.js';
import {
  beginCampaign,
  resumeCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from '../campaign/campaign.js';
import { armOf } from '../studies/compare/arm.js';
import { buildComparison, type ComparisonParts } from '../studies/compare/build-comparison.js';
import {
  COMPARISON_FILE,
  type Comparison,
  type ComparisonVerdict,
} from '../studies/compare/comparison.js';
import {
  chooseSubmission,
  differencesOf,
  readEarlier,
  readEarlierPlan,
} from '../studies/compare/earlier.js';
import { EXIT, type ExitCode } from '../ground/exit-code.js';
import { thisMachine } from '../measured/grading-machine.js';
import { plannedRuns, type ComparisonPlan, type Plan } from '../plan/plan.js';
import { prepare, prepareAgain, type PlanRequest } from '../plan/preparation.js';
import { renderComparisonPage } from '../views/pages/comparison-page.js';
import { isColored } from '../views/terminal/color.js';
import { renderComparison } from '../views/terminal/comparison-terminal.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { displayPath, gradingOptions, outDirectory, resumeCommand } from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';
import { cleaned } from '../text/sanitize.js';

const DEFAULT_RUNS = 50;

const EXIT_OF: Record<ComparisonVerdict, ExitCode> = {
  'no worse': EXIT.passed,
  worse: EXIT.failed,
  undecided: EXIT.unknown,
};

/** Characters of what a failed build has printed that are shown. */
const PRINTED_LENGTH = 500;

export interface CompareOptions {
  runs?: number;
  scenario: string[];
  /** The directory of an earlier grading, and which of its submissions is meant. */
  against?: string;
  submission?: string;
  /** Also if the kit or a scenario has changed since. */
  acrossVersions?: boolean;
  /** For directories that have none of their own. */
  manifest?: string;
  /** Whether archives that were handed in are opened. */
  openArchives?: boolean;
  seed?: string;
  jobs?: number;
  out?: string;
}

interface Conclusion {
  comparison: Comparison;
  interrupted: boolean;
}

/** Compares the last of the submissions with the first, or with an earlier grading; resolves to the exit code. */
export async function compare(specs: readonly string[], options: CompareOptions): Promise<number> {
  const { request, comparison, earlier } = requestOf(specs, options);
  const { plan: prepared, submissions } = await prepare(request);
  const plan: Plan = { ...prepared, comparison };
  refuseUngradable(plan, submissions);
  if (earlier !== undefined && options.acrossVersions !== true) refuseOthers(earlier, plan);
  // Only now: during a build, Ctrl-C ends the command at once, and the guardian cleans up.
  const signal = interruptSignal();
  const directory = outDirectory(options.out);
  process.stderr.write(
    `comparing into ${displayPath(directory)}, ${plannedRuns(plan).length} runs, seed ${plan.seed}\n`,
  );
  const campaign = gradingOptions(directory, options, submissions, signal);
  return report(directory, await beginCampaign(plan, campaign, keep(directory)));
}

/** Goes on with an interrupted comparison; resolves to the exit code. */
export async function resumeComparison(
  directory: string,
  options: { jobs?: number },
): Promise<number> {
  const campaign = gradingOptions(directory, options, new Map(), interruptSignal());
  return report(directory, await resumeCampaign(campaign, prepareAgain, keep(directory)));
}

interface ComparisonRequest {
  request: PlanRequest;
  comparison: ComparisonPlan;
  /** The plan of the earlier grading. */
  earlier?: Plan;
}

function requestOf(specs: readonly string[], options: CompareOptions): ComparisonRequest {
  const { against, submission, manifest, openArchives, scenario: scenarios, seed, runs } = options;
  checkWords(specs, options);
  const request = {
    specs,
    manifest,
    openArchives,
    scenarios,
    runsPerScenario: runs ?? DEFAULT_RUNS,
    seed,
  };
  if (against === undefined) return { request, comparison: {} };
  const directory = resolve(against);
  const earlier = readEarlierPlan(directory);
  const { name, leftOut = [] } = chooseSubmission(earlier, submission);
  const known = earlier.scenarios.map(({ id }) => id).filter((id) => !leftOut.includes(id));
  return {
    request: {
      ...request,
      scenarios: scenarios.length > 0 ? scenarios : known,
      runsPerScenario: runs ?? earlier.runsPerScenario,
      seed: earlier.seed,
    },
    comparison: { earlier: { directory, submission: name } },
    earlier,
  };
}

function checkWords(specs: readonly string[], { against, submission, seed }: CompareOptions): void {
  const expected = against === undefined ? 2 : 1;
  if (specs.length !== expected) {
    throw new UsageError(
      `a comparison ${against === undefined ? '' : 'with an earlier grading '}takes ${expected === 1 ? 'one submission' : 'two submissions'}`,
      {
        got: specs.join(' '),
        expected: against === undefined ? 'the one to compare with, then yours' : 'only yours',
      },
    );
  }
  if (against !== undefined && seed !== undefined) {
    throw new UsageError('the seed is that of the earlier grading', {
      got: `--seed ${seed}`,
      expected: 'no --seed',
    });
  }
  if (against === undefined && submission !== undefined) {
    throw new UsageError('--submission names one of an earlier grading', {
      got: 'no --against',
      expected: '--against DIR',
    });
  }
}

/** Nothing can be compared with what cannot be run. */
function refuseUngradable({ submissions }: Plan, resolved: CampaignOptions['submissions']): void {
  for (const { name, spec, ungradable } of submissions) {
    if (ungradable !== undefined) throw new UsageError(`${spec} cannot be compared: ${ungradable}`);
    const one = resolved.get(name);
    if (one?.kind !== 'build-failed') continue;
    const { reason, output } = one.failure;
    throw new UsageError(`${spec} cannot be compared, because it could not be built: ${reason}`, {
      ...(output.trim() === '' ? {} : { got: output.trim().slice(0, PRINTED_LENGTH) }),
      hint: `see all of it by \`${invocation()} test ${shellWord(spec)}\``,
    });
  }
}

/** Runs that were judged by other rules say nothing about the difference between two submissions. */
function refuseOthers(earlier: Plan, plan: Plan): void {
  const differences = differencesOf(earlier, plan);
  if (differences.length === 0) return;
  throw new UsageError('the earlier grading was made by another version of the kit', {
    got: differences.join(' '),
    hint: `grade it anew, or compare all the same with ${invocation()} compare --across-versions`,
  });
}

function keep(directory: string) {
  return async (outcome: CampaignOutcome): Promise<Conclusion> => {
    const context = { createdAt: new Date().toISOString(), machine: thisMachine() };
    const comparison = buildComparison(partsOf(outcome), context);
    const text = `${JSON.stringify(comparison, null, 2)}\n`;
    await writeFileAtomically(join(directory, COMPARISON_FILE), text);
    await mkdir(dirname(pageIn(directory)), { recursive: true });
    await writeFileAtomically(pageIn(directory), renderComparisonPage(comparison));
    return { comparison, interrupted: outcome.interrupted };
  };
}

function partsOf({ plan, records, attempts }: CampaignOutcome): ComparisonParts {
  const [first, last = first] = plan.submissions;
  if (first === undefined || last === undefined) throw new Error('the plan is empty');
  const b = armOf(plan, last, records);
  const before = plan.comparison?.earlier;
  if (before === undefined) return { plan, attempts, a: armOf(plan, first, records), b };
  const { arm, earlier } = readEarlier(before, plan);
  return { plan, attempts, a: arm, b, earlier };
}

function pageIn(directory: string): string {
  return join(directory, 'report', 'index.html');
}

function report(directory: string, { comparison, interrupted }: Conclusion): number {
  const color = isColored(process.stdout);
  const width = process.stdout.columns;
  process.stdout.write(renderComparison(cleaned(comparison), { color, width }));
  process.stdout.write(`\nreport:  ${displayPath(pageIn(directory))}\n`);
  process.stdout.write(`results: ${displayPath(join(directory, COMPARISON_FILE))}\n`);
  if (interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    return EXIT_INTERRUPTED;
  }
  return EXIT_OF[comparison.verdict];
}
