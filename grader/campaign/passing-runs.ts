/**
 * Which passing runs keep all evidence, to be compared with failing ones: the first pass after a failure of the same
 * scenario on the same submission, and the first pass of each scenario in the control arm. The other passing runs
 * are thousands, and are not needed.
 */

import type { RunRecord } from '../../harness/index.js';
import type { PlannedRun } from '../plan/plan.js';

export interface PassingRuns {
  /** Whether a run that starts now keeps its evidence if it passes. */
  wants(run: PlannedRun): boolean;
  /** Tells how a run ended. */
  ended(record: RunRecord): void;
}

/** After these records of earlier, interrupted gradings; `control` is the name of the control arm. */
export function choosePassingRuns(
  earlier: Iterable<RunRecord>,
  control: string | undefined,
): PassingRuns {
  const failed = new Set<string>();
  const kept = new Set<string>();
  /** The run that is under way to be kept, by scenario and submission. */
  const asked = new Map<string, string>();
  const cellOf = (scenario: string, name: string) => `${name}/${scenario}`;

  const ended = ({ key, scenario, submission, verdict, keptWhole }: RunRecord): void => {
    const cell = cellOf(scenario, submission.name);
    if (asked.get(cell) === key) asked.delete(cell);
    if (keptWhole === true) kept.add(cell);
    if (verdict === 'fail') failed.add(cell);
  };
  for (const record of earlier) ended(record);
  return {
    wants({ key, scenario, submission: { name } }) {
      const cell = cellOf(scenario, name);
      if (kept.has(cell) || asked.has(cell)) return false;
      const isWanted = name === control || failed.has(cell);
      if (isWanted) asked.set(cell, key);
      return isWanted;
    },
    ended,
  };
}
