/**
 * `pblab compare`: two submissions get the same runs, interleaved; the answer compares the second with the first. The
 * runs of the first may also come from an earlier grading.
 */

import { join, resolve } from 'node:path';
import { invocation, shellWord, UsageError } from '../../../harness/index.js';
import type { CampaignOptions, CampaignOutcome } from '../../campaign/campaign.js';
import { armOf } from '../../studies/compare/arm.js';
import { buildComparison, type ComparisonParts } from '../../studies/compare/build-comparison.js';
import {
  COMPARISON_FILE,
  type Comparison,
  type ComparisonVerdict,
} from '../../studies/compare/comparison.js';
import {
  chooseSubmission,
  differencesOf,
  readEarlier,
  readEarlierPlan,
} from '../../studies/compare/earlier.js';
import { assertSameIsolation } from '../../grading/assert-isolation.js';
import { EXIT, type ExitCode } from '../../ground/exit-code.js';
import { countPlannedRuns, type ComparisonPlan, type Plan } from '../../plan/plan.js';
import { prepare, type PlanRequest } from '../../plan/preparation.js';
import { count } from '../../text/count.js';
import { cleaned } from '../../text/sanitize.js';
import { renderComparisonPage } from '../../views/pages/comparison-page.js';
import { renderComparison } from '../../views/terminal/comparison-terminal.js';
import type { CampaignChoice, PlanChoice } from './campaign-options.js';
import { outDirectory } from './directory.js';
import { isolate } from './isolate.js';
import { screen } from './screen.js';
import { beginStudy, resumeStudy, type Study } from './study.js';

const DEFAULT_RUNS = 50;

const EXIT_OF: Record<ComparisonVerdict, ExitCode> = {
  'no worse': EXIT.passed,
  worse: EXIT.failed,
  undecided: EXIT.unknown,
};

/** Characters of what a failed build has printed that are shown. */
const PRINTED_LENGTH = 500;

export interface CompareOptions extends PlanChoice {
  runs?: number;
  scenario: string[];
  /** The directory of an earlier grading, and which of its submissions is meant. */
  against?: string;
  submission?: string;
  /** Whether to compare even if the kit or a scenario has changed. */
  acrossVersions?: boolean;
}

const PAGE = join('report', 'index.html');

const COMPARISON: Study<Comparison> = {
  size: (plan) => count(countPlannedRuns(plan), 'run'),
  campaign: () => ({}),
  build: (outcome, context) => buildComparison(partsOf(outcome), context),
  files: (comparison) => ({
    [COMPARISON_FILE]: `${JSON.stringify(comparison, null, 2)}\n`,
    [PAGE]: renderComparisonPage(comparison),
  }),
  print: (comparison) => process.stdout.write(renderComparison(cleaned(comparison), screen())),
  places: { report: [PAGE], results: [COMPARISON_FILE] },
  exitCode: ({ verdict }) => EXIT_OF[verdict],
};

/** Compares the last of the submissions with the first, or with an earlier grading; resolves to the exit code. */
export async function compare(specs: readonly string[], options: CompareOptions): Promise<number> {
  const { request, comparison, earlier } = requestOf(specs, options);
  const isolation = await isolate(options);
  if (earlier !== undefined) {
    assertSameIsolation(earlier, isolation, options.against ?? '');
  }
  const { plan: prepared, submissions } = await prepare(request);
  const plan: Plan = { ...prepared, comparison };
  refuseUngradable(plan, submissions);
  if (earlier !== undefined) refuseOtherWorld(earlier, plan);
  if (earlier !== undefined && options.acrossVersions !== true) refuseOthers(earlier, plan);
  const directory = outDirectory(options.out);
  return (await beginStudy(COMPARISON, 'comparing', { plan, submissions }, directory, options))
    .code;
}

/** Continues an interrupted comparison; resolves to the exit code. */
export async function resumeComparison(
  directory: string,
  options: CampaignChoice,
): Promise<number> {
  return (await resumeStudy(COMPARISON, directory, options)).code;
}

interface ComparisonRequest {
  request: PlanRequest;
  comparison: ComparisonPlan;
  /** The plan of the earlier grading. */
  earlier?: Plan;
}

function requestOf(specs: readonly string[], options: CompareOptions): ComparisonRequest {
  const { against, submission, manifest, openArchives, scenario: scenarios, seed, runs } = options;
  const { world } = options;
  checkWords(specs, options);
  const request = {
    specs,
    manifest,
    openArchives,
    scenarios,
    runsPerScenario: runs ?? DEFAULT_RUNS,
    seed,
    world,
  };
  if (against === undefined) return { request, comparison: {} };
  const directory = resolve(against);
  const earlier = readEarlierPlan(directory);
  if (world !== undefined && world !== (earlier.world ?? 'processes')) {
    throw new UsageError('the earlier grading was made in another world', {
      got: `--world ${world}`,
      expected: 'no --world, because that of the earlier grading is used',
    });
  }
  const { name, leftOut = [] } = chooseSubmission(earlier, submission);
  const known = earlier.scenarios.map(({ id }) => id).filter((id) => !leftOut.includes(id));
  return {
    request: {
      ...request,
      scenarios: scenarios.length > 0 ? scenarios : known,
      runsPerScenario: runs ?? earlier.runsPerScenario,
      seed: earlier.seed,
      world: earlier.world,
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
    throw new UsageError('--seed cannot be used with --against', {
      got: `--seed ${seed}`,
      expected: 'no --seed, because the seed of the earlier grading is used',
    });
  }
  if (against === undefined && submission !== undefined) {
    throw new UsageError('--submission needs an earlier grading', {
      got: 'no --against',
      expected: '--against DIR',
    });
  }
}

/** A submission that cannot be run cannot be compared. */
function refuseUngradable({ submissions }: Plan, resolved: CampaignOptions['submissions']): void {
  for (const { name, spec, ungradable } of submissions) {
    if (ungradable !== undefined) throw new UsageError(`${spec} cannot be compared: ${ungradable}`);
    const one = resolved.get(name);
    if (one?.kind !== 'build-failed') continue;
    const { reason, output } = one.failure;
    throw new UsageError(`${spec} cannot be compared, because it could not be built: ${reason}`, {
      ...(output.trim() === '' ? {} : { got: output.trim().slice(0, PRINTED_LENGTH) }),
      hint: `see all of its output with \`${invocation()} test ${shellWord(spec)}\``,
    });
  }
}

/** Runs that were judged by different rules cannot show a difference between two submissions. */
function refuseOthers(earlier: Plan, plan: Plan): void {
  const differences = differencesOf(earlier, plan);
  if (differences.length === 0) return;
  throw new UsageError('the earlier grading was made by another version of the kit', {
    got: differences.join(' '),
    hint: `grade it again, or compare anyway with ${invocation()} compare --across-versions`,
  });
}

/** Its runs are in the real world if it does not fit into that of the earlier grading. */
function refuseOtherWorld(earlier: Plan, plan: Plan): void {
  if (earlier.world === plan.world) return;
  throw new UsageError('the earlier grading was made in the virtual world', {
    got: 'a submission that can be played only in the real one',
    hint: 'grade the earlier one again with --world processes',
  });
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
