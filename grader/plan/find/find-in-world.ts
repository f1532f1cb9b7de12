/** Finds submissions, and the world in which all of them can be played: rates of two worlds are never mixed. */

import { clockOf, type ResolvedSubmission, type World } from '../../../harness/index.js';
import { findSubmissions, type FindOptions, type Found } from './find-submissions.js';
import { resolveAloud } from './resolve-with-progress.js';
import { say } from '../../text/message.js';

export interface FoundInWorld {
  found: Found[];
  /** For which they are built. */
  world: World;
}

/** Finds and builds submissions for the world that is asked for, or for the real one if any does not fit into that. */
export async function findInWorld(
  specs: readonly string[],
  { world = 'processes', ...options }: FindOptions,
): Promise<FoundInWorld> {
  const found = await findSubmissions(specs, { ...options, world });
  if (world === 'processes') return { found, world };
  const whyNot = await firstThatDoesNotFit(found);
  if (whyNot === undefined) return { found, world };
  say(`${whyNot} All runs are in the real world.`);
  return { found: await builtForRealWorld(found), world: 'processes' };
}

/** Why the first of them that does not fit into the virtual world does not. */
async function firstThatDoesNotFit(found: readonly Found[]): Promise<string | undefined> {
  for (const one of found) {
    const reason = one.kind === 'gradable' ? await whyNotVirtual(one.resolved) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

async function whyNotVirtual(resolved: ResolvedSubmission): Promise<string | undefined> {
  if (resolved.kind === 'ready') {
    const clock = clockOf(resolved.submission);
    return 'impossible' in clock ? `${resolved.submission.name}: ${clock.impossible}` : undefined;
  }
  const { name, spec, virtualClock } = resolved.failure;
  if (virtualClock?.has !== true) return undefined;
  // It is not the fault of a submission if the clock breaks its build.
  const { kind } = await resolveAloud(spec, 'processes');
  return kind === 'ready' ? `${name}: It cannot be built with the virtual clock.` : undefined;
}

async function builtForRealWorld(found: readonly Found[]): Promise<Found[]> {
  const built: Found[] = [];
  for (const one of found) {
    if (one.kind === 'ungradable') built.push(one);
    else {
      const { spec } =
        one.resolved.kind === 'ready' ? one.resolved.submission : one.resolved.failure;
      built.push({ kind: 'gradable', resolved: await resolveAloud(spec, 'processes') });
    }
  }
  return built;
}
