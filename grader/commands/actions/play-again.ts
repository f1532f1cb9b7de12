/** Plays runs of a command that repeats what was recorded, with its progress on standard error. */

import type { ResolvedSubmission, RunRecord, World } from '../../../harness/index.js';
import { execute } from '../../campaign/execute.js';
import { startProgress } from '../../campaign/progress.js';
import { countSettled } from '../../campaign/settled.js';
import type { PlannedRun } from '../../plan/plan.js';
import { cellsOfRuns } from '../../plan/run-cells.js';
import type { CampaignChoice } from './campaign-options.js';

/** As on the command line. */
export interface ReplayOptions extends CampaignChoice {
  /** Repetitions; by default 10 of a single run, 1 of each run of a directory. */
  times?: number;
  world?: World;
  submission?: string;
}

interface Again {
  world: World | undefined;
  /** By the names of the runs' submissions. */
  submissions: ReadonlyMap<string, ResolvedSubmission>;
  jobs: number | undefined;
  /** For their evidence. */
  directory: string;
  signal: AbortSignal;
}

/** Resolves to the records of all attempts, when every run is settled or the signal has come. */
export async function playAgain(runs: readonly PlannedRun[], again: Again): Promise<RunRecord[]> {
  const cells = cellsOfRuns(runs);
  const settled = countSettled(cells);
  const records: RunRecord[] = [];
  const progress = startProgress({ total: runs.length, stream: process.stderr });
  await execute({
    ...again,
    cells,
    onRecord(one) {
      records.push(one);
      if (settled.add(one)) progress.update(settled.counts());
      return Promise.resolve();
    },
  });
  progress.stop();
  return records;
}
