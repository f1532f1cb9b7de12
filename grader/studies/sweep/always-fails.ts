/** Whether a scenario fails in every run without delay: a sweep can then show nothing more, and would take long. */

import type { ScenarioTally } from '../../tally/scenario-tally.js';

export type BaselineCounts = Pick<ScenarioTally, 'planned' | 'runs' | 'passed' | 'failed'>;

/** True only when all runs of the baseline are done; runs that could not be judged are ignored. */
export function alwaysFails({ planned, runs, passed, failed }: BaselineCounts): boolean {
  return runs === planned && passed === 0 && failed > 0;
}
