/** `pblab replay`: repeats a run with its seed several times, and counts how often it fails again. */

import type { RunRecord } from '../../../harness/index.js';
import { exitCode } from '../../ground/exit-code.js';
import { DEFAULT_JOBS, execute } from '../../campaign/execute.js';
import { foldRecords } from '../../campaign/fold.js';
import type { PlannedRun } from '../../plan/plan.js';
import { cellsOfRuns } from '../../plan/run-cells.js';
import { writeRunKey } from '../../plan/run-key.js';
import { startProgress } from '../../campaign/progress.js';
import { cleaned } from '../../text/sanitize.js';
import { renderReplay } from '../../views/terminal/replay-lines.js';
import { tally, type Tally } from '../../tally/tally.js';
import { EXIT_INTERRUPTED, interruptSignal, type CampaignChoice } from './campaign-options.js';
import { outDirectory } from './directory.js';
import { isolate } from './isolate.js';
import { findOriginal, resolveOriginal, type Original } from './original.js';
import { printEvidence, screen } from './screen.js';

export interface ReplayOptions extends CampaignChoice {
  times: number;
  submission?: string;
}

/** Replays a run, given as its evidence folder or as SCENARIO@SEED; resolves to the exit code. */
export async function replay(run: string, options: ReplayOptions): Promise<number> {
  const original = findOriginal(run, options.submission);
  await isolate(options);
  const { resolved, submission } = await resolveOriginal(original);
  const signal = interruptSignal();
  const runs = Array.from({ length: options.times }, (_, index): PlannedRun => {
    const { scenario, seed, record: { standing, plan } = {} } = original;
    const key = writeRunKey({ submission: submission.name, scenario, revision: 0, index });
    const again = { ...(standing && { standing }), ...(plan && { plan }) };
    return { key, submission, scenario, index, seed, ...again };
  });
  const directory = outDirectory(options.out);
  const records: RunRecord[] = [];
  const progress = startProgress({ total: runs.length, stream: process.stderr });
  await execute({
    cells: cellsOfRuns(runs),
    submissions: new Map([[submission.name, resolved]]),
    jobs: options.jobs ?? DEFAULT_JOBS,
    directory,
    signal,
    onRecord(one) {
      records.push(one);
      const settled = foldRecords(records);
      const count = (verdict: string) => settled.filter((each) => each.verdict === verdict).length;
      progress.update({ done: settled.length, failed: count('fail'), unknown: count('unknown') });
      return Promise.resolve();
    },
  });
  progress.stop();
  const [result] = tally(records, { planned: runs });
  if (result === undefined) return EXIT_INTERRUPTED;
  report(original, result, records, directory);
  return signal.aborted ? EXIT_INTERRUPTED : exitCode([result]);
}

function report(
  { scenario, seed, record }: Original,
  result: Tally,
  records: readonly RunRecord[],
  directory: string,
): void {
  process.stdout.write(
    renderReplay(cleaned({ scenario, seed, result, recorded: record }), screen()),
  );
  const example = records.find(({ artifacts, verdict }) => verdict === 'fail' && artifacts);
  if (example?.artifacts !== undefined) printEvidence(directory, example.artifacts);
}
