/**
 * `pblab replay DIR` for a directory of results: all its runs of the virtual world again, with their seeds, to count how many
 * are the same run, event by event. It is the self-check of that world on the submissions of a class.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, type RunRecord } from '../../../harness/index.js';
import { firstOtherEvent } from '../../campaign/evidence/first-other-event.js';
import { execute } from '../../campaign/execute.js';
import { foldRecords } from '../../campaign/fold.js';
import { JOURNAL_FILE, readRecords } from '../../campaign/journal/journal.js';
import { startProgress } from '../../campaign/progress.js';
import { EXIT } from '../../ground/exit-code.js';
import type { Plan, PlannedRun } from '../../plan/plan.js';
import { PLAN_FILE, readPlan } from '../../plan/plan-file.js';
import { prepareAgain } from '../../plan/preparation.js';
import { cellsOfRuns } from '../../plan/run-cells.js';
import { originalKey, readRunKey, writeRunKey } from '../../plan/run-key.js';
import { cleaned } from '../../text/sanitize.js';
import { renderRepeats, type Repeats } from '../../views/terminal/repeat-lines.js';
import { EXIT_INTERRUPTED, interruptSignal } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { isolateAgain } from './isolate.js';
import type { ReplayOptions } from './original.js';
import { screen } from './screen.js';

/** A run that was recorded with its trace. */
type Traced = RunRecord & { trace: string };

/** Whether a folder holds the results of a command that plays many runs. */
export function holdsResults(folder: string): boolean {
  return existsSync(join(folder, PLAN_FILE));
}

/** Plays each run of a directory so many times more, once if `times` is absent; resolves to the exit code. */
export async function replayAll(from: string, options: ReplayOptions): Promise<number> {
  const plan = readPlan(from);
  const recorded = tracedRuns(plan, from);
  refuseOtherwise(plan, recorded, options, displayPath(from));
  await isolateAgain(from, options);
  const runs = recorded.flatMap((one) => repetitionsOf(one, plan, options.times ?? 1));
  const directory = outDirectory(options.out);
  const signal = interruptSignal();
  const records: RunRecord[] = [];
  const progress = startProgress({ total: runs.length, stream: process.stderr });
  await execute({
    world: 'virtual',
    cells: cellsOfRuns(runs),
    submissions: await prepareAgain(plan),
    jobs: options.jobs,
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
  const repeats = compared(recorded, records, { from, directory });
  process.stdout.write(renderRepeats(cleaned(repeats), screen()));
  if (signal.aborted) return EXIT_INTERRUPTED;
  return repeats.others.length === 0 ? EXIT.passed : EXIT.failed;
}

/** Of runs that were played more than once, the last; repetitions in a grading are none of its runs. */
function tracedRuns({ submissions }: Plan, from: string): Traced[] {
  const names = new Set(submissions.map(({ name }) => name));
  return foldRecords(readRecords(join(from, JOURNAL_FILE)))
    .filter((one): one is Traced => one.trace !== undefined)
    .filter(
      ({ key, submission }) => names.has(submission.name) && readRunKey(key)?.replay === undefined,
    );
}

function refuseOtherwise(
  plan: Plan,
  recorded: readonly Traced[],
  { submission, world }: ReplayOptions,
  shown: string,
): void {
  if (plan.world !== 'virtual' || world === 'processes') {
    throw new UsageError(`the runs of ${shown} cannot be the same runs again`, {
      got: 'runs in real time, which repeats no order of calls',
      expected: 'the results of a command with --world virtual, or the evidence folder of one run',
    });
  }
  if (submission !== undefined) {
    throw new UsageError(`the runs of ${shown} cannot be the same with another submission`, {
      got: `--submission ${submission}`,
      expected: 'the evidence folder of one run, or SCENARIO@SEED',
    });
  }
  if (recorded.length === 0) {
    throw new UsageError(`there is nothing to repeat in ${shown}`, {
      got: 'no run that was played in the virtual world to its end',
      expected: 'at least one',
    });
  }
}

function repetitionsOf(one: Traced, { submissions }: Plan, times: number): PlannedRun[] {
  const { key, scenario, index, seed, standing, plan } = one;
  const made = readRunKey(key);
  const submission = submissions.find(({ name }) => name === one.submission.name);
  if (made === undefined || submission === undefined) return [];
  const same = { submission, scenario, index, seed, again: key };
  return Array.from({ length: times }, (_, replay) => ({
    ...same,
    key: writeRunKey({ ...made, replay }),
    ...(standing && { standing }),
    ...(plan && { plan }),
  }));
}

/** Where each repetition that is not the same run parts from it, if both have kept their evidence. */
function compared(
  recorded: readonly Traced[],
  records: readonly RunRecord[],
  { from, directory }: { from: string; directory: string },
): Repeats {
  const originals = new Map(recorded.map((one) => [one.key, one]));
  const again = foldRecords(records).flatMap((one) => {
    const original = originals.get(originalKey(one.key));
    return original === undefined ? [] : [{ one, original }];
  });
  const others = again.filter(({ one, original }) => one.trace !== original.trace);
  return {
    runs: again.length,
    same: again.length - others.length,
    others: others.map(({ one, original }) => ({
      original,
      verdict: one.verdict,
      difference:
        original.artifacts !== undefined && one.artifacts !== undefined
          ? firstOtherEvent(join(from, original.artifacts), join(directory, one.artifacts))
          : undefined,
    })),
  };
}
