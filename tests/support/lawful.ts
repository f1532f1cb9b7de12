/** Services that are right in another way than the reference, and what scenarios hold against them. */

import type { Session } from '../../harness/process/session.js';
import type { RunRecord } from '../../harness/record/record.js';
import type { Scenario } from '../../harness/scenarios/stage/scenario.js';
import type { Manifest } from '../../harness/submission/manifest.js';
import { resolveSubmission, type Submission } from '../../harness/submission/submission.js';
import { runPatiently } from './runs.js';

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

async function partOfTheKit(spec: string): Promise<Submission> {
  const resolved = await resolveSubmission(spec);
  if (resolved.kind !== 'ready') throw new Error(`${spec} needs no build`);
  return resolved.submission;
}

/** Plays each scenario; those that the submission did not pass, with what they say. */
export async function refusals(
  submission: Submission,
  scenarios: readonly Scenario[],
  session: Session,
): Promise<string[]> {
  const left = [...scenarios];
  const refused: string[] = [];
  const runSome = async () => {
    for (let scenario = left.pop(); scenario !== undefined; scenario = left.pop()) {
      const { verdict, cause, reason } = await play(submission, scenario, session);
      // A machine that was too busy each time has accused nobody.
      if (verdict === 'pass' || cause === 'disturbed') continue;
      refused.push(`${scenario.id}: ${verdict}, ${reason}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  return refused;
}

/** One run, and another with a new seed if the first has proved nothing. */
async function play(
  submission: Submission,
  scenario: Scenario,
  session: Session,
): Promise<RunRecord> {
  const record = await runPatiently({ submission, scenario, seed: 'first' }, session);
  if (record.verdict !== 'unknown') return record;
  return runPatiently({ submission, scenario, seed: 'second' }, session);
}
