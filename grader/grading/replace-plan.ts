/** Replaces the plan of a directory by a revised one, and the rubric and the roster if there are new ones. */

import type { Plan } from '../plan/plan.js';
import { replacePlan } from '../plan/plan-file.js';
import { keepHistory, rubricBefore } from '../results/earlier-results.js';
import { keepFiles, type FilesToKeep } from '../results/kept-files.js';
import { revisePlan, type Regrade } from './revise-plan.js';

const RUBRIC_CHANGED = 'the rubric has changed';

/**
 * The plan by which the directory's grading continues; the caller must hold its lock. The plan is written last: a
 * regrade that is killed before that has not begun, and the same command begins it; one that is killed later is
 * continued by `resume`.
 */
export async function replaceByRevised(
  directory: string,
  plan: Plan,
  regrade: Omit<Regrade, 'forAll'>,
  texts: FilesToKeep = {},
): Promise<Plan> {
  const number = (plan.revisions ?? []).length + 1;
  const { rubric, roster } = texts;
  const isNew = rubric !== undefined && rubric !== rubricBefore(directory, number);
  const revised = revisePlan(plan, { ...regrade, forAll: isNew ? RUBRIC_CHANGED : undefined });
  if (revised === plan) {
    // Which student a submission belongs to changes no run and no points.
    await keepFiles(directory, roster === undefined ? {} : { roster });
    return plan;
  }
  await keepHistory(directory, number);
  await keepFiles(directory, texts);
  await replacePlan(directory, revised);
  return revised;
}
