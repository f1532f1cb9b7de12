/** `pblab replay`: the seed of one run again, several times, and how often it failed again. */

import { isAbsolute, resolve } from 'node:path';
import { resolveSubmission, UsageError, type RunRecord } from '../../harness/index.js';
import { describeTally } from '../describe-tally.js';
import { exitCode } from '../errors.js';
import { DEFAULT_JOBS, execute } from '../execute.js';
import { foldRecords } from '../fold.js';
import type { PlannedRun } from '../plan.js';
import { startProgress } from '../progress.js';
import { renderEvidence } from '../reports/stories.js';
import { sanitizeLine } from '../sanitize.js';
import { readStoredRun } from '../stored-run.js';
import { tally } from '../tally.js';
import { displayPath, outDirectory } from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';

const TEXT_LENGTH = 300;

export interface ReplayOptions {
  times: number;
  submission?: string;
  jobs?: number;
  out?: string;
}

/** Replays the run of an evidence folder; resolves to the exit code. */
export async function replay(folder: string, options: ReplayOptions): Promise<number> {
  const stored = readStoredRun(resolve(folder));
  if (stored === undefined) {
    throw new UsageError(`${folder} is no evidence folder of a run`, {
      expected: 'a folder with a run.json in it, such as DIR/evidence/NAME/SCENARIO/7',
    });
  }
  const { record } = stored;
  const spec = options.submission ?? stored.spec;
  const resolved = await resolveSubmission(spec);
  const signal = interruptSignal();
  const { digest } = resolved.kind === 'ready' ? resolved.submission : resolved.failure;
  if (digest !== record.submission.digest) {
    const shown = isAbsolute(spec) ? displayPath(spec) : spec;
    process.stderr.write(`note: ${shown} is not what was recorded; its content has changed\n`);
  }
  const submission = { name: record.submission.name, spec, digest };
  const runs = Array.from({ length: options.times }, (_, index): PlannedRun => {
    const { scenario, seed } = record;
    return { key: `${submission.name}/${scenario}/${index}`, submission, scenario, index, seed };
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
  const alike = records.filter(({ signature }) => signature === record.signature).length;
  const what = sanitizeLine(`${record.scenario} with seed ${record.seed}`, TEXT_LENGTH);
  process.stdout.write(`${what}: ${describeTally(result)}\n`);
  if (record.verdict === 'fail') {
    const signature = sanitizeLine(record.signature ?? '', TEXT_LENGTH);
    process.stdout.write(`${alike} of them like the recorded one: ${signature}\n`);
  }
  const example = records.find(({ artifacts, verdict }) => verdict === 'fail' && artifacts);
  if (example?.artifacts !== undefined) {
    const story = renderEvidence(directory, example.artifacts, displayPath(directory));
    process.stdout.write(story.map((line) => `${line}\n`).join(''));
  }
  return signal.aborted ? EXIT_INTERRUPTED : exitCode([result]);
}
