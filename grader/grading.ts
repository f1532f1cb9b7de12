/**
 * A grading in its directory: plan, journal, lock and results, from a new plan or taken up again. It
 * is what `grade`, `test`, `resume` and the demonstration share.
 */

import { accessSync, constants, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UsageError, type ResolvedSubmission, type RunRecord } from '../harness/index.js';
import { execute } from './execute.js';
import { foldRecords } from './fold.js';
import { JOURNAL_FILE, openJournal } from './journal.js';
import { acquireLock } from './lock.js';
import { readPlan, writePlan } from './plan-file.js';
import { plannedRuns, type Plan, type PlannedRun } from './plan.js';
import { startProgress, type ProgressCounts } from './progress.js';
import { buildResults, RESULTS_FILE, type Results } from './results.js';
import { isWorthAnother, MAX_ATTEMPTS } from './scheduler.js';
import { writeFileAtomically } from './write-file-atomically.js';

export interface GradingOptions {
  directory: string;
  jobs: number;
  /** The submissions of the plan, by their names in it. */
  submissions: ReadonlyMap<string, ResolvedSubmission>;
  signal: AbortSignal;
}

export interface GradingOutcome {
  results: Results;
  /** One record a run, the latest attempt of each. */
  records: RunRecord[];
  /** True if it was stopped before every run was settled. */
  interrupted: boolean;
}

/** Begins a grading in a directory that holds none. */
export async function beginGrading(plan: Plan, options: GradingOptions): Promise<GradingOutcome> {
  createDirectory(options.directory);
  checkWritable(options.directory);
  const lock = acquireLock(options.directory);
  try {
    await writePlan(options.directory, plan);
    return await carryOut(plan, options);
  } finally {
    lock.release();
  }
}

/** Goes on with the grading of a directory; `resolve` finds the submissions of its plan. */
export async function resumeGrading(
  options: Omit<GradingOptions, 'submissions'>,
  resolve: (plan: Plan) => Promise<GradingOptions['submissions']>,
): Promise<GradingOutcome> {
  readPlan(options.directory);
  checkWritable(options.directory);
  const lock = acquireLock(options.directory);
  try {
    const plan = readPlan(options.directory);
    return await carryOut(plan, { ...options, submissions: await resolve(plan) });
  } finally {
    lock.release();
  }
}

function createDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new UsageError(`${directory} cannot be made a directory for the results`, {
      hint: 'choose another --out',
      cause,
    });
  }
}

function checkWritable(directory: string): void {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new UsageError(`${directory} cannot be written`, {
      ...(cause instanceof Error && 'code' in cause ? { got: String(cause.code) } : {}),
      hint: 'make it writable, or choose another directory',
      cause,
    });
  }
}

async function carryOut(plan: Plan, options: GradingOptions): Promise<GradingOutcome> {
  const { directory, submissions, jobs, signal } = options;
  const runs = plannedRuns(plan);
  const journal = await openJournal(join(directory, JOURNAL_FILE));
  for (const { line, why } of journal.damaged) {
    process.stderr.write(`journal line ${line} is left out, because ${why}\n`);
  }
  const records = [...journal.records];
  const progress = startProgress({
    total: runs.length,
    start: countSettled(records, runs),
    stream: process.stderr,
  });
  try {
    await execute({
      runs,
      submissions,
      earlier: journal.records,
      jobs,
      directory,
      signal,
      async onRecord(record) {
        await journal.append(record);
        records.push(record);
        progress.update(countSettled(records, runs));
      },
    });
  } finally {
    progress.stop();
    await journal.close();
  }
  const results = buildResults(plan, records, {
    createdAt: new Date().toISOString(),
    machine: {
      cpus: availableParallelism(),
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
  });
  await writeFileAtomically(join(directory, RESULTS_FILE), `${JSON.stringify(results, null, 2)}\n`);
  return { results, records: foldRecords(records), interrupted: signal.aborted };
}

/** Counts the runs that need no further attempt. */
function countSettled(records: readonly RunRecord[], runs: readonly PlannedRun[]): ProgressCounts {
  const planned = new Set(runs.map(({ key }) => key));
  const latest = foldRecords(records).filter(({ key }) => planned.has(key));
  const settled = latest.filter((record) => !isWorthAnother([record], MAX_ATTEMPTS));
  const count = (verdict: RunRecord['verdict']) =>
    settled.filter((record) => record.verdict === verdict).length;
  return { done: settled.length, failed: count('fail'), unknown: count('unknown') };
}
