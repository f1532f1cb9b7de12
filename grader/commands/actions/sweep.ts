/**
 * `pblab sweep`: systematic breakpoints. Each kind of call is delayed in runs of its own, so the tallies show which
 * call must be late for a scenario to fail. `resume` continues an interrupted sweep.
 */

import {
  findScenario,
  HELD_AT_MOST_MS,
  UsageError,
  type HeldPart,
  type ResolvedSubmission,
} from '../../../harness/index.js';
import { chooseScenarios } from '../../plan/choice.js';
import { EXIT, type ExitCode } from '../../ground/exit-code.js';
import type { SweepPlan } from '../../plan/plan.js';
import { prepare } from '../../plan/preparation.js';
import { cleaned } from '../../text/sanitize.js';
import { renderSweep } from '../../views/terminal/sweep-terminal.js';
import { buildSweep } from '../../studies/sweep/build-sweep.js';
import { leadingFailures } from '../../studies/sweep/leading-failures.js';
import { baseline, positions } from '../../studies/sweep/sweep-stages.js';
import { SWEEP_FILE, type Sweep } from '../../studies/sweep/sweep.js';
import type { CampaignChoice, PlanChoice } from './campaign-options.js';
import { outDirectory } from './directory.js';
import { isolate } from './isolate.js';
import { printEvidence, screen } from './screen.js';
import { beginStudy, resumeStudy, type Study } from './study.js';

/** A longer delay leaves too few calls in a run that can be delayed by so much. */
const LONGEST_MS = HELD_AT_MOST_MS / 4;

const SWEEP: Study<Sweep> = {
  campaign: () => ({ stages: [baseline, positions] }),
  build: ({ plan, records }, context) => buildSweep(plan, records, context),
  files: (found) => ({ [SWEEP_FILE]: `${JSON.stringify(found, null, 2)}\n` }),
  print,
  places: { results: [SWEEP_FILE] },
  exitCode: exitCodeOf,
};

export interface SweepOptions extends PlanChoice {
  scenario: string;
  /** Runs of each position with each delay, and of the baseline. */
  runs: number;
  delays: number[];
  part: HeldPart;
}

/** Sweeps one scenario of one submission; resolves to the exit code. */
export async function sweep(spec: string, options: SweepOptions): Promise<number> {
  const delaysMs = checkedDelays(options.delays);
  await isolate(options);
  const { plan, submissions } = await prepare({
    specs: [spec],
    manifest: options.manifest,
    openArchives: options.openArchives,
    scenarios: [checkedScenario(options.scenario)],
    runsPerScenario: options.runs,
    seed: options.seed,
    world: options.world,
  });
  const pingDelayAtMostMs = Math.max(0, ...[...submissions.values()].map(pingDelayOf));
  const sweepPlan: SweepPlan = { delaysMs, part: options.part, pingDelayAtMostMs };
  const prepared = { plan: { ...plan, sweep: sweepPlan }, submissions };
  const directory = outDirectory(options.out);
  return (await beginStudy(SWEEP, 'sweeping', prepared, directory, options)).code;
}

/** Continues an interrupted sweep; resolves to the exit code. */
export async function resumeSweep(directory: string, options: CampaignChoice): Promise<number> {
  return (await resumeStudy(SWEEP, directory, options)).code;
}

function checkedDelays(delays: readonly number[]): number[] {
  const positive = [...new Set(delays)].filter((ms) => ms > 0).toSorted((a, b) => a - b);
  const longest = positive.at(-1);
  if (longest === undefined || longest > LONGEST_MS) {
    throw new UsageError('invalid --delays', {
      got: delays.join(','),
      expected: `whole numbers of ms, at least one above 0 and none above ${LONGEST_MS}`,
    });
  }
  return positive;
}

function checkedScenario(glob: string): string {
  const ids = chooseScenarios([glob]);
  const [id = ''] = ids;
  if (ids.length > 1) {
    throw new UsageError('a sweep takes one scenario', {
      got: `"${glob}", which matches ${ids.join(', ')}`,
      expected: 'one of them',
    });
  }
  if (findScenario(id)?.part === 'A') {
    throw new UsageError(`${id} cannot be swept`, {
      got: 'a scenario of part A, in which the kit itself plays the servers and clients',
      expected: 'a scenario of part B',
    });
  }
  return id;
}

/**
 * Many a server waits for its ping to be answered before it waits for the next: it is late by the delay each
 * time. So long it stays at half of the time after which it counts as dead.
 */
function pingDelayOf(resolved: ResolvedSubmission): number {
  if (resolved.kind === 'build-failed') return 0;
  const { pingIntervalMs, deadPings } = resolved.submission.manifest;
  return (deadPings / 2 - 1) * pingIntervalMs;
}

function print(found: Sweep, directory: string): void {
  process.stdout.write(renderSweep(cleaned(found), screen()));
  for (const { about, artifacts } of leadingFailures(found)) {
    process.stdout.write(`\n${about}:\n`);
    printEvidence(directory, artifacts);
  }
}

function exitCodeOf({ baseline: undelayed, positions: swept, failedUntouched }: Sweep): ExitCode {
  const cells = [undelayed, ...swept.flatMap((position) => position.cells)];
  if (failedUntouched > 0 || cells.some(({ failed }) => failed > 0)) return EXIT.failed;
  const saysNothing = ({ passed, unknown }: (typeof cells)[number]) => passed === 0 || unknown > 0;
  const isUnclear = swept.length === 0 || cells.some(saysNothing);
  return isUnclear ? EXIT.unknown : EXIT.passed;
}
