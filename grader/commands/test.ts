/**
 * `pblab test`: every scenario once, a line for each as it ends, and at the end for each failure the
 * events that prove it.
 */

import { invocation, shellWord, type RunRecord } from '../../harness/index.js';
import { beginGrading, type GradingOutcome } from '../grading/grading.js';
import type { Plan } from '../plan/plan.js';
import { prepare } from '../plan/preparation.js';
import { sanitizeLine } from '../text/sanitize.js';
import { isColored, paletteOf } from '../views/terminal/color.js';
import { renderCounts, renderNews, renderSettled } from '../views/terminal/single-runs.js';
import {
  displayPath,
  gradingExitCode,
  gradingOptions,
  outDirectory,
  resumeCommand,
  type GradeOptions,
} from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';
import { cleaned } from '../text/sanitize.js';

/** Of a sentence that says why nothing could be tested. */
const REASON_LENGTH = 300;

/** Runs that fail to start before the rest is not done. */
const ENOUGH_START_FAILURES = 3;

/** Tests one submission; resolves to the exit code. */
export async function test(spec: string, options: Omit<GradeOptions, 'runs'>): Promise<number> {
  const { plan, submissions } = await prepare({
    specs: [spec],
    manifest: options.manifest,
    openArchives: options.openArchives,
    scenarios: options.scenario,
    runsPerScenario: 1,
    seed: options.seed,
  });
  // Only now: during a build, Ctrl-C ends the command at once, and the guardian cleans up.
  const signal = interruptSignal();
  const directory = outDirectory(options.out);
  const palette = paletteOf(isColored(process.stdout));
  const width = process.stdout.columns;
  const outcome = await beginGrading(plan, {
    ...gradingOptions(directory, { ...options, report: false }, submissions, signal),
    enoughStartFailures: ENOUGH_START_FAILURES,
    announce: (record) => renderSettled(cleaned(record), { palette, width }),
  });
  const records = inOrderOf(plan, outcome);
  const context = { directory, shownAs: displayPath(directory), palette, width };
  const manifest = options.manifest === undefined ? [] : ['--manifest', options.manifest];
  const archives = options.openArchives === true ? ['--open-archives'] : [];
  const words = [...[spec, ...manifest].map(shellWord), ...archives].join(' ');
  const seconds = records.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const [{ ungradable } = {}] = outcome.results.submissions;
  const next =
    ungradable === undefined
      ? `One run of each says little about rare failures: ${invocation()} grade ${words} -n 100 measures them.`
      : `Nothing else was tested, since ${sanitizeLine(ungradable, REASON_LENGTH)}. Mend that, and test again.`;
  process.stdout.write(
    `${renderNews(cleaned(records), context)}\n` +
      `${renderCounts(cleaned(records))} (seed ${plan.seed}, ${seconds.toFixed(1)} s of runs)\n${next}\n`,
  );
  if (outcome.interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    return EXIT_INTERRUPTED;
  }
  return gradingExitCode(outcome.results);
}

/** The records came in whatever order the runs ended. */
function inOrderOf(plan: Plan, { records }: GradingOutcome): RunRecord[] {
  return plan.scenarios.flatMap(({ id }) => records.find(({ scenario }) => scenario === id) ?? []);
}
