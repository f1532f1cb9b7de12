/**
 * Submissions whose manifest names no server or no clerk. They can play the scenarios of the view service and no other:
 * the others would have nothing to start.
 */

import {
  findScenario,
  missingPrograms,
  UnfitSubmission,
  type ResolvedSubmission,
} from '../../../harness/index.js';
import { count } from '../../text/count.js';
import { say } from '../../text/message.js';

/**
 * Throws `UnfitSubmission` if a scenario of these starts a program that the manifest does not name. Students read the
 * reason, so it names no scenario, which may be hidden.
 */
export function refuseLacking(
  resolved: ResolvedSubmission,
  ids: readonly string[],
  hint = 'add it to pblab.yaml',
): void {
  const { programs } = missingFrom(resolved, ids);
  if (programs.length === 0) return;
  throw new UnfitSubmission(`the manifest has no ${programs.join(' and no ')}`, {
    expected:
      'a command for each, since scenarios of the key/value service start servers and clerks',
    hint,
  });
}

/** The ones among these scenarios for which the manifest names the programs; the others are said, and are not run. */
export function keepStartable(
  ids: readonly string[],
  resolved: readonly ResolvedSubmission[],
): string[] {
  const [first] = resolved;
  if (first === undefined) return [...ids];
  const missing = missingFrom(first, ids);
  // The only scenarios asked for: there is nothing else to do.
  if (missing.ids.length === ids.length) refuseLacking(first, ids, OR_PART_A);
  if (missing.ids.length > 0) {
    say(
      `skipping ${count(missing.ids.length, 'scenario')} of part B (the key/value service), because the manifest has no ${missing.programs.join(' and no ')}`,
    );
  }
  return ids.filter((id) => !missing.ids.includes(id));
}

/** For one's own submission, whose scenarios one chooses oneself. */
const OR_PART_A =
  "add it to pblab.yaml; without it, choose scenarios of the view service, as with `-s 'view-*'`";

/** The ones among these scenarios that cannot be started, and the keys of the programs that they need. */
function missingFrom(
  resolved: ResolvedSubmission,
  ids: readonly string[],
): { ids: string[]; programs: string[] } {
  if (resolved.kind === 'build-failed') return { ids: [], programs: [] };
  const { run } = resolved.submission.manifest;
  const programs = new Map(
    ids.flatMap((id) => {
      const scenario = findScenario(id);
      const missing = scenario === undefined ? [] : missingPrograms(scenario, run);
      return missing.length === 0 ? [] : [[id, missing] as const];
    }),
  );
  return { ids: [...programs.keys()], programs: [...new Set([...programs.values()].flat())] };
}
