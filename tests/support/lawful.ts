/** Services that are right in another way than the reference, and what scenarios hold against them. */

import type { World } from '../../harness/ground/world.js';
import type { Session } from '../../harness/process/session.js';
import type { RunRecord } from '../../harness/record/record.js';
import type { Scenario } from '../../harness/scenarios/stage/scenario.js';
import type { Manifest } from '../../harness/submission/manifest.js';
import { resolveSubmission, type Submission } from '../../harness/submission/submission.js';
import { runPatiently, type TestRun } from './runs.js';

/** Runs at the same time: they wait most of the time. More of them only disturb each other on two processors. */
const AT_ONCE = 5;

/** The reference with some of its programs replaced. */
export async function referenceWith(run: Partial<Manifest['run']>): Promise<Submission> {
  const submission = await partOfTheKit('reference');
  const { manifest } = submission;
  return { ...submission, manifest: { ...manifest, run: { ...manifest.run, ...run } } };
}

/** The reference with what these variants do otherwise. */
export function variantsTogether(names: readonly string[]): Promise<Submission> {
  return partOfTheKit(`variant:${names.join('+')}`);
}

/** A submission of the kit's own, which needs no build. */
export async function partOfTheKit(spec: string): Promise<Submission> {
  const resolved = await resolveSubmission(spec);
  if (resolved.kind !== 'ready') throw new Error(`${spec} needs no build`);
  return resolved.submission;
}

/** Plays each scenario in this world; those that the submission did not pass, with what they say. */
export async function refusals(
  submission: Submission,
  scenarios: readonly Scenario[],
  session: Session,
  world: World = 'processes',
): Promise<string[]> {
  const left = [...scenarios];
  const refused: string[] = [];
  const runSome = async () => {
    for (let scenario = left.pop(); scenario !== undefined; scenario = left.pop()) {
      const { verdict, cause, reason } = await play(
        { submission, scenario, world: worldFor(scenario, world) },
        session,
      );
      // A machine that was too busy each time has accused nobody.
      if (verdict === 'pass' || cause === 'disturbed') continue;
      refused.push(`${scenario.id}: ${verdict}, ${reason}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  return refused;
}

/** What processes hold is read in real time. */
function worldFor({ readsProcesses }: Scenario, world: World): World {
  return readsProcesses === true ? 'processes' : world;
}

/** One run, and another with a new seed if the first has proved nothing. */
async function play(run: TestRun, session: Session): Promise<RunRecord> {
  const record = await runPatiently({ ...run, seed: 'first' }, session);
  if (record.verdict !== 'unknown') return record;
  return runPatiently({ ...run, seed: 'second' }, session);
}
