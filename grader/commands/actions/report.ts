/** `pblab report`: renders a grading again from its directory, without running anything. */

import { resolve } from 'node:path';
import { UsageError } from '../../../harness/index.js';
import { withPlan } from '../../campaign/campaign.js';
import { readClassFiles, scenariosOf, type ClassFiles } from '../../grading/class-request.js';
import { onlyShard } from '../../grading/only-shard.js';
import { publish } from '../../grading/publish.js';
import { replaceByRevised } from '../../grading/replace-plan.js';
import { count } from '../../text/count.js';
import { EXIT } from '../../ground/exit-code.js';
import type { Plan } from '../../plan/plan.js';
import { describeDamagedLines } from '../../campaign/journal/damage.js';
import { kitVersion } from '../../plan/preparation.js';
import { cleaned } from '../../text/sanitize.js';
import { renderJournalDamage } from '../../views/terminal/journal-damage.js';
import { renderRegrade } from '../../views/terminal/regrade-lines.js';
import type { Results } from '../../results/results.js';
import { commandFor } from './directory.js';
import { renderPlaces } from './grade.js';
import { screen } from './screen.js';
import { say } from '../../text/message.js';

export interface ReportOptions {
  /** Takes the place of the one that the grading has. */
  rubric?: string;
}

const OTHER_KINDS = ['calibration', 'sweep', 'comparison'] as const;

/** Renders it; resolves to the exit code. */
export async function report(folder: string, options: ReportOptions): Promise<number> {
  const directory = resolve(folder);
  const files = readClassFiles(options);
  const published = await withPlan(directory, async (plan) => {
    assertGrading(plan, directory);
    await takeRubric(directory, plan, files);
    return publish(directory, { report: true });
  });
  for (const line of describeDamagedLines(published.damaged)) process.stderr.write(`${line}\n`);
  const paper = screen();
  process.stdout.write(renderJournalDamage(cleaned(published.results), paper));
  const regrade = options.rubric === undefined ? undefined : published.regrade;
  process.stdout.write(renderRegrade(cleaned(regrade), paper));
  process.stdout.write(notComplete(directory, published.results));
  process.stdout.write(renderPlaces(directory, published).trimStart());
  return published.results.journalDamage === undefined ? EXIT.passed : EXIT.unknown;
}

/** A line on planned runs without a record, not done or lost; empty if there are none. */
function notComplete(directory: string, { submissions }: Results): string {
  const left = submissions
    .flatMap(({ tallies }) => tallies)
    .reduce((sum, { planned, runs }) => sum + planned - runs, 0);
  return left === 0
    ? ''
    : `incomplete: ${count(left, 'planned run')} without a record, so points are not final; continue with: ${commandFor('resume', directory)}\n`;
}

/**
 * Calibrations, sweeps and comparisons have reports of their own, which `resume` renders again; a shard is a part of a
 * grading.
 */
export function assertGrading(plan: Plan, directory: string): void {
  if (plan.shard !== undefined) throw onlyShard(directory, plan.shard);
  const other = OTHER_KINDS.find((kind) => plan[kind] !== undefined);
  if (other === undefined) return;
  throw new UsageError(`${directory} does not contain a grading`, {
    got: `a ${other}`,
    expected: 'a directory written by `pblab grade`',
  });
}

async function takeRubric(
  directory: string,
  plan: Plan,
  { rubric, texts }: ClassFiles,
): Promise<void> {
  if (rubric === undefined) return;
  const planned = new Set(plan.scenarios.map(({ id }) => id));
  const unplanned = scenariosOf(rubric).filter((id) => !planned.has(id));
  if (unplanned.length > 0) {
    say(
      `no points yet for scenarios that this grading has not run: ${unplanned.join(', ')}; \`pblab regrade\` with this rubric runs them`,
    );
  }
  const { scenarios, runsPerScenario } = plan;
  const nothing = { concerns: () => false, chosen: () => undefined };
  const now = { at: new Date().toISOString(), kit: kitVersion() };
  await replaceByRevised(
    directory,
    plan,
    { ...nothing, ...now, found: new Map(), scenarios, runsPerScenario },
    texts,
  );
}
