/** Finds the submissions of a plan again, in their present state, and how they can be run. */

import { existsSync } from 'node:fs';
import {
  directoryOf,
  openingArchives,
  UnfitSubmission,
  type ResolvedSubmission,
} from '../../../harness/index.js';
import type { Plan, PlannedSubmission } from '../plan.js';
import { planSubmission, submissionOf } from '../preparation.js';
import { refuseLacking } from './lacking-programs.js';
import { resolveAloud } from './resolve-with-progress.js';
import { say } from '../../text/message.js';
import { ungradable, type Found } from './find-submissions.js';

export interface FoundAgain {
  /** By the names of the plan; missing submissions are absent. */
  found: ReadonlyMap<string, PlannedSubmission>;
  /** The submissions that can be run, and the control arm. */
  submissions: ReadonlyMap<string, ResolvedSubmission>;
  /** Where the plan has one. */
  controlDigest?: string;
}

/** `scenarios` are the ids of those that are to be run; archives are opened where they are asked to be, now or before. */
export async function findAgain(
  plan: Plan,
  scenarios: readonly string[],
  opensArchives = false,
): Promise<FoundAgain> {
  const found = new Map<string, PlannedSubmission>();
  const submissions = new Map<string, ResolvedSubmission>();
  for (const { name, spec } of plan.submissions) {
    const directory = directoryOf(spec);
    if (directory !== undefined && !existsSync(directory)) {
      say(`${name}: ${directory} is missing; its earlier results stay`);
      continue;
    }
    const closed = await findOne(spec, plan, scenarios);
    const mayBeOpened = opensArchives && closed.kind === 'ungradable';
    const now = mayBeOpened ? await findOne(openingArchives(spec), plan, scenarios) : closed;
    found.set(name, { ...planSubmission(now, scenarios), name });
    if (now.kind === 'gradable') submissions.set(name, now.resolved);
  }
  const { control } = plan;
  if (control === undefined) return { found, submissions };
  const reference = await resolveAloud(control.submission.spec, plan.world);
  submissions.set(control.submission.name, reference);
  return { found, submissions, controlDigest: submissionOf(reference).digest };
}

async function findOne(
  spec: string,
  { world }: Plan,
  scenarios: readonly string[],
): Promise<Found> {
  try {
    const resolved = await resolveAloud(spec, world);
    refuseLacking(resolved, scenarios);
    return { kind: 'gradable', resolved };
  } catch (error) {
    if (error instanceof UnfitSubmission) return ungradable(spec, error);
    throw error;
  }
}
