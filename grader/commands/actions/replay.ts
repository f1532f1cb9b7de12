/** `pblab replay`: repeats a run with its seed several times, and counts how often it fails again. */

import type { RunRecord } from '../../../harness/index.js';
import { join, resolve } from 'node:path';
import { exitCode } from '../../ground/exit-code.js';
import { firstOtherEvent } from '../../campaign/evidence/first-other-event.js';
import type { PlannedRun } from '../../plan/plan.js';
import { writeRunKey } from '../../plan/run-key.js';
import { cleaned } from '../../text/sanitize.js';
import { renderReplay, renderSameness, type Sameness } from '../../views/terminal/replay-lines.js';
import { tally, type Tally } from '../../tally/tally.js';
import { EXIT_INTERRUPTED, interruptSignal } from './campaign-options.js';
import { outDirectory } from './directory.js';
import { isolate } from './isolate.js';
import { findOriginal, resolveOriginal, type Original } from './original.js';
import { playAgain, type ReplayOptions } from './play-again.js';
import { holdsResults, replayAll } from './replay-all.js';
import { printEvidence, screen } from './screen.js';

const TIMES = 10;

/**
 * Replays a run, given as its evidence folder or as SCENARIO@SEED, in its world unless another is asked for, or all runs of
 * a directory of results; resolves to the exit code.
 */
export async function replay(run: string, options: ReplayOptions): Promise<number> {
  if (holdsResults(resolve(run))) return replayAll(resolve(run), options);
  const original = findOriginal(run, options.submission);
  await isolate(options);
  const world = options.world ?? original.record?.world;
  const { resolved, submission } = await resolveOriginal(original, world);
  const signal = interruptSignal();
  const runs = Array.from({ length: options.times ?? TIMES }, (_, index): PlannedRun => {
    const { scenario, seed, record: { standing, plan } = {} } = original;
    const key = writeRunKey({ submission: submission.name, scenario, revision: 0, index });
    const again = { ...(standing && { standing }), ...(plan && { plan }) };
    return { key, submission, scenario, index, seed, ...again };
  });
  const directory = outDirectory(options.out);
  const records = await playAgain(runs, {
    world,
    submissions: new Map([[submission.name, resolved]]),
    jobs: options.jobs,
    directory,
    signal,
  });
  const [result] = tally(records, { planned: runs });
  if (result === undefined) return EXIT_INTERRUPTED;
  report(original, result, records, directory);
  return signal.aborted ? EXIT_INTERRUPTED : exitCode([result]);
}

function report(
  original: Original,
  result: Tally,
  records: readonly RunRecord[],
  directory: string,
): void {
  const { scenario, seed, record } = original;
  process.stdout.write(
    renderReplay(cleaned({ scenario, seed, result, recorded: record }), screen()) +
      renderSameness(cleaned(samenessOf(records, original, directory)), screen()),
  );
  const example = records.find(({ artifacts, verdict }) => verdict === 'fail' && artifacts);
  if (example?.artifacts !== undefined) printEvidence(directory, example.artifacts);
}

/** How many of the runs of the virtual world are the same as the first of them, and where one that is not differs from it. */
function samenessOf(
  records: readonly RunRecord[],
  { record, folder }: Original,
  directory: string,
): Sameness | undefined {
  const traced = records.filter(({ trace }) => trace !== undefined);
  const model = record?.trace === undefined ? traced[0] : record;
  if (model === undefined || traced.length === 0) return undefined;
  const others = traced.filter(({ trace }) => trace !== model.trace);
  const folderOf = ({ artifacts }: RunRecord) => artifacts && join(directory, artifacts);
  const one = model === record ? folder : folderOf(model);
  const other = others.map(folderOf).find((each) => each !== undefined);
  return {
    runs: traced.length,
    same: traced.length - others.length,
    as: model === record ? 'the recorded run' : 'the first',
    difference: one !== undefined && other !== undefined ? firstOtherEvent(one, other) : undefined,
  };
}
