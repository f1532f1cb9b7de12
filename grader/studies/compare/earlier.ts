/** An earlier grading as one side of a comparison: its runs, and whether they can be compared with new ones. */

import { join } from 'node:path';
import { UsageError } from '../../../harness/index.js';
import { foldRecords } from '../../campaign/fold.js';
import { damageOf, describeJournalDamage } from '../../campaign/journal/damage.js';
import { JOURNAL_FILE, readJournal } from '../../campaign/journal/journal.js';
import { readPlan } from '../../plan/plan-file.js';
import type { Plan, PlannedScenario, PlannedSubmission } from '../../plan/plan.js';
import { shardName } from '../../plan/shard.js';
import { armOf, type Arm } from './arm.js';
import type { EarlierGrading } from './comparison.js';

/** The plan of that grading, which must be of plain runs. */
export function readEarlierPlan(directory: string): Plan {
  const plan = readPlan(directory);
  const got = unfitFor(plan);
  if (got === undefined) return plan;
  throw new UsageError(`${directory} cannot be compared with`, {
    got,
    expected:
      'a directory of `pblab grade` with as many runs of each scenario, `test` or `compare`',
  });
}

function unfitFor({ sweep, calibration, stopping, shard }: Plan): string | undefined {
  if (sweep !== undefined) return 'a sweep, which delays calls';
  if (calibration !== undefined) return 'a calibration';
  if (shard !== undefined) return `${shardName(shard)} of a grading`;
  // A grading that stops at many failures has seen many failures, so a test for fixed numbers of runs is not valid.
  return stopping === undefined ? undefined : 'a sequential grading, which stops early';
}

/** The submission of this name; without a name, the only one. */
export function chooseSubmission(
  { submissions }: Plan,
  name: string | undefined,
): PlannedSubmission {
  const found = submissions.find((one) => one.name === name);
  const [only, ...others] = submissions;
  if (found !== undefined) return found;
  if (name === undefined && only !== undefined && others.length === 0) return only;
  throw new UsageError('which submission of the earlier grading is meant?', {
    got: name === undefined ? `${submissions.length} of them` : `--submission ${name}`,
    expected: `--submission with one of ${submissions.map((one) => one.name).join(', ')}`,
  });
}

/**
 * Ways in which the earlier runs were not made as those of this plan are, each as one sentence: another kit
 * or another version of a scenario may judge otherwise.
 */
export function differencesOf(earlier: Plan, plan: Plan): string[] {
  const kit = `Its runs were judged by version ${earlier.kit} of the kit, and these by ${plan.kit}.`;
  const versions = new Map(earlier.scenarios.map((one) => [one.id, versionOf(one)]));
  const scenarios = plan.scenarios.flatMap((one) => {
    const before = versions.get(one.id);
    if (before === undefined || before === versionOf(one)) return [];
    return [`Its ${one.id} was version ${before}, and this is ${versionOf(one)}.`];
  });
  return [...(earlier.kit === plan.kit ? [] : [kit]), ...scenarios];
}

/** The arm of the earlier grading, with what the report says of it. */
export function readEarlier(
  { directory, submission }: { directory: string; submission: string },
  plan: Plan,
): { arm: Arm; earlier: EarlierGrading } {
  const before = readEarlierPlan(directory);
  const { records, damaged } = readJournal(join(directory, JOURNAL_FILE));
  const damage = damageOf(damaged);
  const { kit, createdAt: plannedAt } = before;
  return {
    arm: armOf(before, chooseSubmission(before, submission), foldRecords(records)),
    earlier: {
      directory,
      kit,
      plannedAt,
      differs: [
        ...(damage === undefined ? [] : describeJournalDamage(damage)),
        ...differencesOf(before, plan),
        ...otherMachine(before, plan),
      ],
    },
  };
}

/** A note on another machine. It does not prevent the comparison, since failures do not depend on the machine alone. */
function otherMachine({ machine: before }: Plan, { machine: now }: Plan): string[] {
  if (before === undefined || now === undefined) return [];
  const [old, here] = [before, now].map(
    ({ model, platform, cpus }) => `${cpus} × ${model ?? platform}`,
  );
  return old === here ? [] : [`Its runs were done on another machine (${old}, and here ${here}).`];
}

function versionOf({ version = '1' }: PlannedScenario): string {
  return version;
}
