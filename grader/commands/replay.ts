/** `pblab replay`: the seed of one run again, several times, and how often it failed again. */

import { isAbsolute, resolve } from 'node:path';
import { UsageError, type RunRecord } from '../../harness/index.js';
import { exitCode } from '../errors.js';
import { DEFAULT_JOBS, execute } from '../campaign/execute.js';
import { foldRecords } from '../fold.js';
import { folderName, type PlannedRun } from '../plan.js';
import { chooseScenarios } from '../choice.js';
import { startProgress } from '../campaign/progress.js';
import { isColored } from '../reports/color.js';
import { renderReplay } from '../reports/replay.js';
import { renderEvidence } from '../reports/stories.js';
import { resolveAloud } from '../resolve-aloud.js';
import { readStoredRun } from '../evidence/stored-run.js';
import { tally, type Tally } from '../tally.js';
import { displayPath, outDirectory } from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';

export interface ReplayOptions {
  times: number;
  submission?: string;
  jobs?: number;
  out?: string;
}

/** What is run again. */
interface Original {
  spec: string;
  scenario: string;
  seed: string;
  /** How it ended, where that is known. */
  record?: RunRecord;
}

/** Replays a run, given as its evidence folder or as SCENARIO@SEED; resolves to the exit code. */
export async function replay(run: string, options: ReplayOptions): Promise<number> {
  const original = findOriginal(run, options);
  const resolved = await resolveAloud(original.spec);
  const signal = interruptSignal();
  const { name, digest } = resolved.kind === 'ready' ? resolved.submission : resolved.failure;
  if (original.record !== undefined && original.record.submission.digest !== digest) {
    process.stderr.write(
      `note: ${shownSpec(original.spec)} is not what was recorded; its content has changed\n`,
    );
  }
  const submission = { name: folderName(name), spec: original.spec, digest };
  const runs = Array.from({ length: options.times }, (_, index): PlannedRun => {
    const { scenario, seed, record: { standing } = {} } = original;
    const key = `${submission.name}/${scenario}/${index}`;
    return { key, submission, scenario, index, seed, ...(standing && { standing }) };
  });
  const directory = outDirectory(options.out);
  const records: RunRecord[] = [];
  const progress = startProgress({ total: runs.length, stream: process.stderr });
  await execute({
    runs,
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

function findOriginal(run: string, { submission }: ReplayOptions): Original {
  const stored = readStoredRun(resolve(run));
  if (stored !== undefined) {
    const { record, spec } = stored;
    return { spec: submission ?? spec, scenario: record.scenario, seed: record.seed, record };
  }
  const [, scenario, seed] = /^([a-z-]+)@(\w+)$/.exec(run) ?? [];
  if (scenario === undefined || seed === undefined) {
    throw new UsageError(`${run} is no evidence folder of a run`, {
      expected:
        'a folder with a run.json in it, such as DIR/evidence/NAME/SCENARIO/7, or SCENARIO@SEED with --submission',
    });
  }
  if (submission === undefined) {
    throw new UsageError(`${run} does not say what to run`, {
      expected: '--submission SUBMISSION',
    });
  }
  chooseScenarios([scenario]);
  return { spec: submission, scenario, seed };
}

function shownSpec(spec: string): string {
  return isAbsolute(spec) ? displayPath(spec) : spec;
}

function report(
  { scenario, seed, record }: Original,
  result: Tally,
  records: readonly RunRecord[],
  directory: string,
): void {
  const color = isColored(process.stdout);
  const width = process.stdout.columns;
  process.stdout.write(
    renderReplay({ scenario, seed, result, recorded: record }, { color, width }),
  );
  const example = records.find(({ artifacts, verdict }) => verdict === 'fail' && artifacts);
  if (example?.artifacts === undefined) return;
  const place = { directory, shownAs: displayPath(directory), width };
  const story = renderEvidence(example.artifacts, place);
  process.stdout.write(story.map((line) => `${line}\n`).join(''));
}
