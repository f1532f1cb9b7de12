/** `pblab grade` into a directory with a grading: adds late submissions to it. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../../harness/index.js';
import { sortOut } from '../../plan/find/add-submissions.js';
import { assertSameTerms } from '../../grading/assert-same-terms.js';
import { readClassFiles } from '../../grading/class-request.js';
import { keptText } from '../../results/kept-files.js';
import { withPlan } from '../../campaign/campaign.js';
import { PLAN_FILE } from '../../plan/plan-file.js';
import { assertSameScenarios } from '../../plan/preparation.js';
import { commandFor, displayPath } from './directory.js';
import { grade, type GradeOptions } from './grade.js';
import { reviseAndConclude } from './regrade.js';
import { assertGrading } from './report.js';

/** One run in so many is one of the reference, unless said otherwise. */
const DEFAULT_CONTROL = 20;

/** Begins a grading, or adds to the one that the directory holds; resolves to the exit code. */
export async function gradeOrAdd(specs: readonly string[], options: GradeOptions): Promise<number> {
  const directory = options.out === undefined ? undefined : resolve(options.out);
  if (directory === undefined || !existsSync(join(directory, PLAN_FILE))) {
    return grade(specs, { control: DEFAULT_CONTROL, ...options });
  }
  return add(directory, specs, options);
}

async function add(
  directory: string,
  specs: readonly string[],
  options: GradeOptions,
): Promise<number> {
  const { manifest, openArchives, roster } = options;
  const { rubric: _rubric, ...others } = options;
  const files = readClassFiles(others);
  const isNewRoster = roster !== undefined && files.texts.roster !== keptText(directory, 'roster');
  // Under the lock, so that another pblab at work there is reported first.
  await withPlan(directory, (plan) => {
    assertGrading(plan, directory);
    if (sortOut(specs, plan).late.length === 0 && !isNewRoster) throw nothingLate(directory);
    assertSameTerms(options, plan, displayPath(directory));
    assertSameScenarios(plan);
    return Promise.resolve();
  });
  return reviseAndConclude(directory, options, {
    late: { specs, manifest, openArchives },
    isForLateOnly: true,
    files,
    choice: { student: [], scenario: [], signature: [] },
  });
}

function nothingLate(directory: string): UsageError {
  const command = (name: string) => `\`${commandFor(name, directory)}\``;
  return new UsageError(
    `${displayPath(directory)} already contains a grading of these submissions`,
    {
      hint: `continue it with ${command('resume')}, grade again what has changed with ${command('regrade')}, or choose another --out`,
    },
  );
}
