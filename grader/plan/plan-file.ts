/**
 * The plan as a file, `plan.json` in the grading's directory: written once, and checked in full when
 * it is read, because a person may have edited it or a newer kit may have written it.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { invocation, shellWord, UsageError } from '../../harness/index.js';
import { PLAN, PLAN_FORMAT, type Plan } from './plan.js';
import { readJsonFile } from '../files/read-json-file.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';

export const PLAN_FILE = 'plan.json';

/**
 * Writes the plan of a new grading. The directory must exist and the caller must hold its lock.
 *
 * @throws UsageError when the directory already holds a grading.
 */
export async function writePlan(dir: string, plan: Plan): Promise<void> {
  assertHoldsNoPlan(dir);
  await replacePlan(dir, plan);
}

/** @throws UsageError when the directory already holds a grading. */
export function assertHoldsNoPlan(dir: string): void {
  if (!existsSync(join(dir, PLAN_FILE))) return;
  throw new UsageError(`${dir} already contains a grading`, {
    hint: `continue it with \`${invocation()} resume ${shellWord(dir)}\`, or choose another --out`,
  });
}

/** Puts a revised plan in the place of the one that the directory holds; the caller must hold its lock. */
export async function replacePlan(dir: string, plan: Plan): Promise<void> {
  await writeFileAtomically(join(dir, PLAN_FILE), `${JSON.stringify(plan, null, 2)}\n`);
}

/**
 * The plan of the grading in this directory.
 *
 * @throws UsageError when there is none, or when it is not a plan that this kit understands; the
 * message names the file, the place in it, what is there and what should be.
 */
export function readPlan(dir: string): Plan {
  return readJsonFile({
    file: join(dir, PLAN_FILE),
    schema: PLAN,
    unreadable: `${dir} does not contain a grading that this kit can read`,
    expected: `a plan in the format ${PLAN_FORMAT}`,
    hint: '`pblab grade --out DIR` writes such a directory; other versions of pblab may have another format',
  });
}
