/**
 * Submissions that are handed in after a grading has begun. They get names of their own in its plan; earlier
 * submissions keep theirs, whatever the order of the command line.
 */

import type { ResolvedSubmission } from '../../../harness/index.js';
import { CONTROL_NAME, type Plan, type PlannedSubmission } from '../plan.js';
import { planSubmission, withNames } from '../preparation.js';
import { findSubmissions, type FindOptions } from './find-submissions.js';
import { placeKey } from './folder-of.js';
import { pathNames } from './name-submissions.js';

export interface Additions {
  /** As they are planned, in the order given. */
  added: PlannedSubmission[];
  /** The submissions that can be run, by their names. */
  submissions: ReadonlyMap<string, ResolvedSubmission>;
}

export interface AddRequest extends FindOptions {
  /** Whether they are called by their folders, whatever their manifests say. */
  byFolder: boolean;
  /** Ids of the scenarios that they are to run. */
  scenarios: readonly string[];
}

/** Which of these words name what a plan has already, and which do not. */
export function sortOut(
  specs: readonly string[],
  { submissions }: Pick<Plan, 'submissions'>,
): { known: PlannedSubmission[]; late: string[] } {
  const planned = new Map(submissions.map((one) => [placeKey(one.spec), one]));
  const known = specs.flatMap((spec) => planned.get(placeKey(spec)) ?? []);
  return { known, late: specs.filter((spec) => !planned.has(placeKey(spec))) };
}

/** Finds and builds what is new to a plan; what cannot be graded is added with the reason. */
export async function findLate(
  late: readonly string[],
  plan: Plan,
  { byFolder, scenarios, manifest, openArchives }: AddRequest,
): Promise<Additions> {
  if (late.length === 0) return { added: [], submissions: new Map() };
  const found = await findSubmissions(late, {
    manifest,
    openArchives,
    world: plan.world,
    besideOthers: true,
    mustPlay: scenarios,
  });
  const added = withNames(
    found.map((one) => planSubmission(one, scenarios)),
    { taken: [...plan.submissions.flatMap(namesAround), CONTROL_NAME], byFolder },
  );
  const runnable = found.flatMap((one, at) => {
    const name = added[at]?.name;
    return one.kind === 'gradable' && name !== undefined ? [[name, one.resolved] as const] : [];
  });
  return { added, submissions: new Map(runnable) };
}

/** Its name, and those that it might have had: `lab2` would not tell which of several it is. */
function namesAround({ name, spec }: PlannedSubmission): string[] {
  return [name, ...pathNames(spec)];
}
