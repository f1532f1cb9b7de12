/** One side of a comparison: a submission, its planned runs, and their records. */

import type { RunRecord } from '../../../harness/index.js';
import type { Plan, PlannedRun, PlannedSubmission } from '../../plan/plan.js';
import { plannedRuns } from '../../plan/run-cells.js';

export interface Arm {
  submission: PlannedSubmission;
  runs: readonly PlannedRun[];
  /** One record a run; those of other submissions may be among them. */
  records: readonly RunRecord[];
}

export function armOf(
  plan: Plan,
  submission: PlannedSubmission,
  records: readonly RunRecord[],
): Arm {
  const runs = plannedRuns(plan).filter((run) => run.submission.name === submission.name);
  return { submission, runs, records };
}

/** Two passing runs of one scenario with the same seed. */
export interface PassingPair {
  scenario: string;
  a: RunRecord;
  b: RunRecord;
}

/** Only runs that passed have costs to compare: what ends early because it fails is cheap. */
export function passingPairs(a: Arm, b: Arm): PassingPair[] {
  const partners = passesOf(b);
  return [...passesOf(a)].flatMap(([key, one]) => {
    const other = partners.get(key);
    return other === undefined ? [] : [{ scenario: one.scenario, a: one, b: other }];
  });
}

/** By what both sides of a pair have in common. */
function passesOf({ runs, records }: Arm): Map<string, RunRecord> {
  const own = new Set(runs.map(({ key }) => key));
  return new Map(
    records
      .filter(({ key, verdict }) => verdict === 'pass' && own.has(key))
      .map((record) => [`${record.scenario}/${record.index}/${record.seed}`, record]),
  );
}
