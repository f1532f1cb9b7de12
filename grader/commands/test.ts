/**
 * `pblab test`: every scenario once, a line for each as it ends, and at the end for each failure the
 * events that prove it.
 */

import { invocation, shellWord, type RunRecord } from '../../harness/index.js';
import { exitCode } from '../errors.js';
import { beginGrading, type GradingOutcome } from '../grading.js';
import type { Plan } from '../plan.js';
import { prepare } from '../preparation.js';
import { isColored, paletteOf } from '../reports/color.js';
import { renderCounts, renderNews, renderSettled } from '../reports/single-runs.js';
import {
  displayPath,
  gradingOptions,
  outDirectory,
  resumeCommand,
  type GradeOptions,
} from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';

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
    announce: (record) => renderSettled(record, { palette, width }),
  });
  const records = inOrderOf(plan, outcome);
  const context = { directory, shownAs: displayPath(directory), palette, width };
  const manifest = options.manifest === undefined ? [] : ['--manifest', options.manifest];
  const archives = options.openArchives === true ? ['--open-archives'] : [];
  const words = [...[spec, ...manifest].map(shellWord), ...archives].join(' ');
  const seconds = records.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  process.stdout.write(
    `${renderNews(records, context)}\n` +
      `${renderCounts(records)} (seed ${plan.seed}, ${seconds.toFixed(1)} s of runs)\n` +
      `One run of each says little about rare failures: ${invocation()} grade ${words} -n 100 measures them.\n`,
  );
  if (outcome.interrupted) {
    process.stdout.write(`interrupted; go on with: ${resumeCommand(directory)}\n`);
    return EXIT_INTERRUPTED;
  }
  return exitCode(outcome.results.submissions.flatMap(({ tallies }) => tallies));
}

/** The records came in whatever order the runs ended. */
function inOrderOf(plan: Plan, { records }: GradingOutcome): RunRecord[] {
  return plan.scenarios.flatMap(({ id }) => records.find(({ scenario }) => scenario === id) ?? []);
}
