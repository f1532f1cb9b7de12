/**
 * `pblab sweep`: the breakpoint of somebody who debugs, made systematic. Each kind of call is delayed in
 * runs of its own, so that the tallies tell which call must be late for a scenario to fail. A sweep that was
 * interrupted goes on with `resume`.
 */

import { join } from 'node:path';
import {
  findScenario,
  HELD_AT_MOST_MS,
  UsageError,
  type HeldPart,
  type ResolvedSubmission,
} from '../../harness/index.js';
import {
  beginCampaign,
  resumeCampaign,
  type CampaignOptions,
  type CampaignOutcome,
} from '../campaign/campaign.js';
import { chooseScenarios } from '../plan/choice.js';
import { EXIT } from '../ground/exit-code.js';
import { thisMachine } from '../measured/grading-machine.js';
import type { SweepPlan } from '../plan/plan.js';
import { prepare, prepareAgain } from '../plan/preparation.js';
import { isColored } from '../views/terminal/color.js';
import { renderEvidence } from '../views/terminal/stories.js';
import { renderSweep } from '../views/terminal/sweep-terminal.js';
import { buildSweep } from '../studies/sweep/build-sweep.js';
import { leadingFailures } from '../studies/sweep/leading-failures.js';
import { baseline, positions } from '../studies/sweep/sweep-stages.js';
import { SWEEP_FILE, type Sweep } from '../studies/sweep/sweep.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { displayPath, gradingOptions, outDirectory, resumeCommand } from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';
import { cleaned } from '../text/sanitize.js';

/** A longer delay leaves too few calls in a run that can be delayed by so much. */
const LONGEST_MS = HELD_AT_MOST_MS / 4;

/** What a sweep has besides what every campaign has. */
const SWEEPING: Pick<CampaignOptions, 'stages'> = { stages: [baseline, positions] };

export interface SweepOptions {
  scenario: string;
  /** Runs of each position with each delay, and of the baseline. */
  runs: number;
  delays: number[];
  part: HeldPart;
  /** For a directory that has none of its own. */
  manifest?: string;
  /** Whether an archive that was handed in is opened. */
  openArchives?: boolean;
  seed?: string;
  jobs?: number;
  out?: string;
}

interface Conclusion {
  sweep: Sweep;
  interrupted: boolean;
}

/** Sweeps one scenario of one submission; resolves to the exit code. */
export async function sweep(spec: string, options: SweepOptions): Promise<number> {
  const delaysMs = checkedDelays(options.delays);
  const { plan, submissions } = await prepare({
    specs: [spec],
    manifest: options.manifest,
    openArchives: options.openArchives,
    scenarios: [checkedScenario(options.scenario)],
    runsPerScenario: options.runs,
    seed: options.seed,
  });
  const pingDelayAtMostMs = Math.max(0, ...[...submissions.values()].map(pingDelayOf));
  const sweepPlan: SweepPlan = { delaysMs, part: options.part, pingDelayAtMostMs };
  // Only now: during a build, Ctrl-C ends the command at once, and the guardian cleans up.
  const signal = interruptSignal();
  const directory = outDirectory(options.out);
  process.stderr.write(`sweeping into ${displayPath(directory)}, seed ${plan.seed}\n`);
  const campaign = { ...gradingOptions(directory, options, submissions, signal), ...SWEEPING };
  const conclusion = await beginCampaign({ ...plan, sweep: sweepPlan }, campaign, keep(directory));
  return report(directory, conclusion);
}

/** Goes on with an interrupted sweep; resolves to the exit code. */
export async function resumeSweep(directory: string, options: { jobs?: number }): Promise<number> {
  const grading = gradingOptions(directory, options, new Map(), interruptSignal());
  const campaign = { ...grading, ...SWEEPING };
  return report(directory, await resumeCampaign(campaign, prepareAgain, keep(directory)));
}

function checkedDelays(delays: readonly number[]): number[] {
  const positive = [...new Set(delays)].filter((ms) => ms > 0).toSorted((a, b) => a - b);
  const longest = positive.at(-1);
  if (longest === undefined || longest > LONGEST_MS) {
    throw new UsageError('these are no delays to sweep', {
      got: `--delays ${delays.join(',')}`,
      expected: `whole milliseconds, one of them above 0, and none above ${LONGEST_MS}`,
    });
  }
  return positive;
}

function checkedScenario(glob: string): string {
  const ids = chooseScenarios([glob]);
  const [id = ''] = ids;
  if (ids.length > 1) {
    throw new UsageError('a sweep is of one scenario', {
      got: `"${glob}", which means ${ids.join(', ')}`,
      expected: 'one of them',
    });
  }
  if (findScenario(id)?.part === 'A') {
    throw new UsageError(`${id} cannot be swept`, {
      got: 'a scenario in which the kit itself plays the servers and the clients',
      expected: 'one of part B, in which the submission calls',
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

function keep(directory: string) {
  return async ({ plan, records, interrupted }: CampaignOutcome): Promise<Conclusion> => {
    const context = { createdAt: new Date().toISOString(), machine: thisMachine() };
    const built = buildSweep(plan, records, context);
    const text = `${JSON.stringify(built, null, 2)}\n`;
    await writeFileAtomically(join(directory, SWEEP_FILE), text);
    return { sweep: built, interrupted };
  };
}

function report(directory: string, { sweep: found, interrupted }: Conclusion): number {
  const color = isColored(process.stdout);
  const width = process.stdout.columns;
  process.stdout.write(renderSweep(cleaned(found), { color, width }));
  const place = { directory, shownAs: displayPath(directory), width };
  for (const { about, artifacts } of leadingFailures(found)) {
    const lines = renderEvidence(artifacts, place);
    process.stdout.write([`\n${about}:`, ...lines].map((line) => `${line}\n`).join(''));
  }
  process.stdout.write(`\nresults: ${displayPath(join(directory, SWEEP_FILE))}\n`);
  if (interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    return EXIT_INTERRUPTED;
  }
  return exitCodeOf(found);
}

function exitCodeOf({ baseline: undelayed, positions: swept, failedUntouched }: Sweep): number {
  const cells = [undelayed, ...swept.flatMap((position) => position.cells)];
  if (failedUntouched > 0 || cells.some(({ failed }) => failed > 0)) return EXIT.failed;
  const saysNothing = ({ passed, unknown }: (typeof cells)[number]) => passed === 0 || unknown > 0;
  const isUnclear = swept.length === 0 || cells.some(saysNothing);
  return isUnclear ? EXIT.unknown : EXIT.passed;
}
