/**
 * `pblab replay DIR` for a directory of results: all its runs of the virtual world again, with their seeds, to count how many
 * happen as before, event by event. It is the self-check of that world on the submissions of a class.
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError, type RunRecord } from '../../../harness/index.js';
import { firstOtherEvent } from '../../campaign/evidence/first-other-event.js';
import { foldRecords } from '../../campaign/fold.js';
import { describeDamagedLines } from '../../campaign/journal/damage.js';
import { JOURNAL_FILE, readRecords, type DamagedLine } from '../../campaign/journal/journal.js';
import { EXIT } from '../../ground/exit-code.js';
import type { Plan, PlannedRun } from '../../plan/plan.js';
import { PLAN_FILE, readPlan } from '../../plan/plan-file.js';
import { prepareAgain } from '../../plan/preparation.js';
import { replaysOf } from '../../plan/replays.js';
import { originalKey, readRunKey } from '../../plan/run-key.js';
import { cleaned } from '../../text/sanitize.js';
import { renderRepeats, type Repeats } from '../../views/terminal/repeat-lines.js';
import { EXIT_INTERRUPTED, interruptSignal } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { isolateAgain } from './isolate.js';
import { playAgain, type ReplayOptions } from './play-again.js';
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
  if (resolve(directory) === resolve(from)) {
    throw new UsageError('results that are checked must stay as they are', {
      got: `--out ${displayPath(directory)}, which holds them`,
      expected: 'another directory, or no --out',
    });
  }
  const signal = interruptSignal();
  const records = await playAgain(runs, {
    world: 'virtual',
    submissions: await prepareAgain(plan),
    jobs: options.jobs,
    directory,
    signal,
  });
  const repeats = compared(recorded, records, { from, directory, planned: runs.length });
  process.stdout.write(renderRepeats(cleaned(repeats), screen()));
  if (signal.aborted) return EXIT_INTERRUPTED;
  if (repeats.others.length > 0) return EXIT.failed;
  return repeats.runs < repeats.planned ? EXIT.unknown : EXIT.passed;
}

/**
 * The runs that the plan has now, by the attempt that counts: not those before a submission or a scenario has changed, no
 * control runs, and no repetitions.
 */
function tracedRuns({ submissions }: Plan, from: string): Traced[] {
  const damaged: DamagedLine[] = [];
  const records = readRecords(join(from, JOURNAL_FILE), (line) => damaged.push(line));
  const traced = foldRecords(records).filter((one): one is Traced => {
    const { key, submission, scenario, trace } = one;
    const planned = submissions.find(({ name }) => name === submission.name);
    const made = readRunKey(key);
    return (
      trace !== undefined &&
      planned?.digest === submission.digest &&
      made?.revision === (planned.revisions?.[scenario] ?? 0) &&
      made.replay === undefined
    );
  });
  for (const line of describeDamagedLines(damaged)) process.stderr.write(`${line}\n`);
  return traced;
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
  const submission = submissions.find(({ name }) => name === one.submission.name);
  if (submission === undefined) return [];
  const played = { key, submission, scenario, index, seed };
  const run = { ...played, ...(standing && { standing }), ...(plan && { plan }) };
  // They keep evidence of their own, to show where they differ.
  return replaysOf(run, times).map((repetition) => {
    const { again: _, ...counted } = repetition;
    return { ...counted, index };
  });
}

interface Places {
  from: string;
  directory: string;
  planned: number;
}

/** Where each repetition that is not the same run differs from it, if both have kept their evidence. */
function compared(
  recorded: readonly Traced[],
  records: readonly RunRecord[],
  { from, directory, planned }: Places,
): Repeats {
  const originals = new Map(recorded.map((one) => [one.key, one]));
  const again = foldRecords(records).flatMap((one) => {
    const original = originals.get(originalKey(one.key));
    return original === undefined ? [] : [{ one, original }];
  });
  const played = again.filter(({ one }) => one.trace !== undefined);
  const others = played.filter(({ one, original }) => one.trace !== original.trace);
  const [broken] = again.filter(({ one }) => one.trace === undefined);
  return {
    planned,
    runs: played.length,
    same: played.length - others.length,
    others: others.map(({ one, original }) => ({
      original,
      verdict: one.verdict,
      difference:
        original.artifacts !== undefined && one.artifacts !== undefined
          ? firstOtherEvent(join(from, original.artifacts), join(directory, one.artifacts))
          : undefined,
    })),
    broken: broken?.one.reason,
  };
}
