/**
 * `pblab test`: every scenario once, a line for each as it ends, and at the end for each failure the
 * events that prove it.
 */

import { invocation, shellWord, type RunRecord } from '../../../harness/index.js';
import { beginGrading, type GradingOutcome } from '../../grading/grading.js';
import type { Plan } from '../../plan/plan.js';
import { prepare } from '../../plan/preparation.js';
import { LENGTHS } from '../../text/clean-text.js';
import { cleaned, sanitizeLine } from '../../text/sanitize.js';
import { paletteOf } from '../../views/terminal/color.js';
import { renderCounts, renderNews, renderSettled } from '../../views/terminal/single-runs.js';
import { campaignOptions, exitCodeAfter, type PlanChoice } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { gradingExitCode } from './grade.js';
import { screen } from './screen.js';

/** Runs that fail to start before the rest is not done. */
const ENOUGH_START_FAILURES = 3;

export interface TestOptions extends PlanChoice {
  scenario: string[];
}

/** Tests one submission; resolves to the exit code. */
export async function test(spec: string, options: TestOptions): Promise<number> {
  const { plan, submissions } = await prepare({
    specs: [spec],
    manifest: options.manifest,
    openArchives: options.openArchives,
    scenarios: options.scenario,
    runsPerScenario: 1,
    seed: options.seed,
  });
  const directory = outDirectory(options.out);
  const { color, width } = screen();
  const palette = paletteOf(color);
  const outcome = await beginGrading(plan, {
    ...campaignOptions(directory, { ...options, report: false }, submissions),
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
      ? `One run of each scenario cannot show rare failures; to measure them: ${invocation()} grade ${words} -n 100`
      : `Nothing else was tested, because ${sanitizeLine(ungradable, LENGTHS.sentence)}. Fix this and test again.`;
  process.stdout.write(
    `${renderNews(cleaned(records), context)}\n` +
      `${renderCounts(cleaned(records))} (seed ${plan.seed}, ${seconds.toFixed(1)} s of runs)\n${next}\n`,
  );
  return exitCodeAfter(directory, outcome.interrupted, gradingExitCode(outcome.results));
}

/** The records came in whatever order the runs ended. */
function inOrderOf(plan: Plan, { records }: GradingOutcome): RunRecord[] {
  return plan.scenarios.flatMap(({ id }) => records.find(({ scenario }) => scenario === id) ?? []);
}
