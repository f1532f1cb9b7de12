/** The run that a command repeats: from its evidence folder, or from SCENARIO@SEED. */

import { isAbsolute, resolve } from 'node:path';
import {
  clockOf,
  parsePlan,
  UsageError,
  type ResolvedSubmission,
  type RunRecord,
  type World,
} from '../../../harness/index.js';
import { chooseScenarios } from '../../plan/choice.js';
import { readStoredRun } from '../../campaign/evidence/stored-run.js';
import { folderName, type PlannedSubmission } from '../../plan/plan.js';
import { refuseLacking } from '../../plan/find/lacking-programs.js';
import { resolveAloud } from '../../plan/find/resolve-with-progress.js';
import { displayPath } from './directory.js';

export interface Original {
  spec: string;
  scenario: string;
  seed: string;
  /** How it ended, where that is known. */
  record?: RunRecord;
  /** Its evidence folder, if it was given so. */
  folder?: string;
}

/** Finds the run; with `submission`, it is run with that one instead of the one that was recorded. */
export function findOriginal(run: string, submission: string | undefined): Original {
  const stored = readStoredRun(resolve(run));
  if (stored !== undefined) {
    const { record, spec } = stored;
    if (record.plan !== undefined) parsePlan(record.plan);
    const { scenario, seed } = record;
    return { spec: submission ?? spec, scenario, seed, record, folder: resolve(run) };
  }
  const [, scenario, seed] = /^([a-z-]+)@(\w+)$/.exec(run) ?? [];
  if (scenario === undefined || seed === undefined) {
    throw new UsageError(`${run} is not the evidence folder of a run`, {
      expected:
        'a folder with a run.json, such as DIR/evidence/NAME/SCENARIO/7, or SCENARIO@SEED with --submission',
    });
  }
  if (submission === undefined) {
    throw new UsageError(`${run} needs a submission`, {
      expected: '--submission SUBMISSION',
    });
  }
  chooseScenarios([scenario]);
  return { spec: submission, scenario, seed };
}

/**
 * Finds and builds its submission for a world, which it has to fit into, and notes on standard error if that is not what was
 * recorded.
 */
export async function resolveOriginal(
  { spec, scenario, record }: Original,
  world: World | undefined,
): Promise<{ resolved: ResolvedSubmission; submission: PlannedSubmission }> {
  const resolved = await resolveAloud(spec, world);
  refuseLacking(resolved, [scenario]);
  refuseUnfit(resolved, world);
  const { name, digest } = resolved.kind === 'ready' ? resolved.submission : resolved.failure;
  if (record !== undefined && record.submission.digest !== digest) {
    const shown = isAbsolute(spec) ? displayPath(spec) : spec;
    process.stderr.write(`note: ${shown} has changed since this run was recorded\n`);
  }
  return { resolved, submission: { name: folderName(name), spec, digest } };
}

/** Refuses a submission that does not fit into this world. */
function refuseUnfit(resolved: ResolvedSubmission, world: World | undefined): void {
  const clock =
    world === 'virtual' && resolved.kind === 'ready' ? clockOf(resolved.submission) : undefined;
  if (clock === undefined || !('impossible' in clock)) return;
  throw new UsageError('this run cannot be repeated in the virtual world', {
    got: clock.impossible,
    expected: '--world processes',
  });
}
