/**
 * Executes planned runs: as many at once as the machine bears. The journal gets each attempt before the next decision.
 * This file knows neither files nor reports.
 */

import { availableParallelism } from 'node:os';
import {
  buildSignature,
  currentIsolation,
  invocation,
  shellWord,
  findScenario,
  type BuildFailure,
  type ResolvedSubmission,
  type RunRecord,
  type World,
} from '../../harness/index.js';
import { keepBuildLog } from './evidence/build-log.js';
import { DiskFullError } from '../ground/exit-code.js';
import { choosePassingRuns } from './passing-runs.js';
import type { PlannedRun } from '../plan/plan.js';
import type { RunCell } from '../plan/run-cells.js';
import { localPool, type Pool } from './pool.js';
import type { ScheduledRun } from './run-queue.js';
import { createScheduler, type ControlRuns, type SchedulerOptions } from './scheduler.js';
import type { WorkerOrder, WorkerReport } from './worker.js';

/**
 * In real time, runs wait most of their time, for pings and time-outs of the lab, so several share a core; in the virtual world
 * they never wait.
 */
export function usualJobs(world: World = 'processes'): number {
  const cores = availableParallelism();
  return world === 'virtual' ? cores : Math.max(2, cores * 2);
}

/** Characters of what a failed build has printed that are part of its record; its log has all of it. */
const PRINTED_LENGTH = 2000;

/** Time beyond the deadline of a run's scenario before its worker counts as stuck, in ms. */
const GRACE_MS = 60_000;

export interface Execution extends Omit<SchedulerOptions, 'built' | 'jobs' | 'calms'> {
  /** The most runs at once on this machine, at least 1; `usualJobs` if absent. */
  jobs?: number | undefined;
  cells: readonly RunCell[];
  /** By the names of the plan. */
  submissions: ReadonlyMap<string, ResolvedSubmission>;
  /** Directory below which evidence is kept. */
  directory: string;
  /** Whether the evidence of a run that does not pass is kept; always, unless said otherwise. */
  keepsEvidence?: (run: PlannedRun) => boolean;
  /** In which all its runs are played; `processes` if absent. */
  world?: World | undefined;
  /** Whether some passing runs keep theirs, too, to compare failing ones with. */
  keepsPasses?: boolean;
  /** Makes a record durable; if it rejects, the execution stops and rejects with its reason. */
  onRecord: (record: RunRecord) => Promise<void>;
  /** Stops the execution: runs under way are given up, and none is begun. */
  signal: AbortSignal;
  /** Where runs are performed; absent for workers on this machine, which end with the execution. */
  pool?: Pool | undefined;
}

/** Resolves when every run is settled, or when it was stopped; nothing of it is left then. */
export async function execute(execution: Execution): Promise<void> {
  const { cells, records = [], submissions, control, keepsPasses = false } = execution;
  const { onRecord, signal, jobs = usualJobs(execution.world) } = execution;
  const passes = keepsPasses ? choosePassingRuns(records, nameOf(control)) : undefined;
  const built = builtOf(submissions);
  const pool = execution.pool ?? localPool(await currentIsolation(), jobs);
  const scheduler = createScheduler(cells, {
    ...execution,
    built,
    jobs: () => pool.slots(),
    // Other machines look after themselves.
    calms: execution.pool === undefined,
  });
  const failed = new AbortController();
  const stopped = AbortSignal.any([signal, failed.signal]);
  // Runs under way end with their workers, so waiting for them is soon over.
  stopped.addEventListener('abort', () => void pool.giveUp(), { once: true });

  const underWay = new Set<Promise<void>>();
  const settle = async (scheduled: ScheduledRun): Promise<void> => {
    const evidence = evidenceOf(scheduled.run, execution, passes?.wants(scheduled.run) ?? false);
    const { record, recorded } = await perform(scheduled, execution, evidence, pool);
    passes?.ended(record);
    if (stopped.aborted) return;
    await onRecord(record);
    recorded();
    scheduler.finished(record);
    fill();
  };
  const fill = () => {
    while (!stopped.aborted) {
      const scheduled = scheduler.next();
      if (scheduled === undefined) return;
      const task: Promise<void> = settle(scheduled)
        .catch((error: unknown) => failed.abort(error))
        .finally(() => underWay.delete(task));
      underWay.add(task);
    }
  };
  fill();
  while (underWay.size > 0) await Promise.race(underWay);
  if (execution.pool === undefined) await pool.close();
  if (failed.signal.aborted) throw failed.signal.reason;
}

function builtOf(submissions: Execution['submissions']): Set<string> {
  return new Set([...submissions].filter(([, { kind }]) => kind === 'ready').map(([name]) => name));
}

function nameOf(control: ControlRuns | undefined): string | undefined {
  return control?.cells[0]?.submission.name;
}

/** Where a run keeps its evidence; `passing` if it is to do so also when it passes. */
function evidenceOf(
  run: PlannedRun,
  { directory, keepsEvidence = () => true }: Execution,
  passing: boolean,
): WorkerOrder['evidence'] {
  // A run that is repeated for its failure has kept evidence the first time.
  const keeps = run.again === undefined && keepsEvidence(run);
  if (!keeps && !passing) return undefined;
  return { root: directory, path: `evidence/${run.key}`, passing };
}

async function perform(
  { run, attempt }: ScheduledRun,
  { submissions, directory, world }: Execution,
  evidence: WorkerOrder['evidence'],
  pool: Pool,
): Promise<{ record: RunRecord; recorded: () => void }> {
  const resolved = submissions.get(run.submission.name);
  if (resolved === undefined) throw new Error(`${run.submission.name} was not resolved`);
  if (resolved.kind === 'build-failed') {
    const artifacts = keepBuildLog(directory, run.submission.name, resolved.failure);
    const record = { ...buildFailure(run, attempt, resolved.failure), artifacts };
    return { record, recorded: () => {} };
  }
  const scenario = findScenario(run.scenario);
  const { report, host, recorded } = await pool.perform(
    {
      submission: { ...resolved.submission, name: run.submission.name },
      scenario: run.scenario,
      key: run.key,
      attempt,
      index: run.index,
      seed: run.seed,
      ...(run.standing === undefined ? {} : { standing: run.standing }),
      ...(run.plan === undefined ? {} : { plan: run.plan }),
      ...(world === undefined ? {} : { world }),
      ...(evidence === undefined ? {} : { evidence }),
    },
    (scenario?.deadlineMs ?? 0) + GRACE_MS,
  );
  // A further attempt would meet the same disk.
  if (report.kind === 'broke' && report.diskFull) {
    throw new DiskFullError(report.why, `${invocation()} resume ${shellWord(directory)}`);
  }
  const record = recordOf(report, { run, attempt }, world);
  return { record: host === undefined ? record : { ...record, host }, recorded };
}

function recordOf(
  report: WorkerReport,
  { run, attempt }: Pick<ScheduledRun, 'run' | 'attempt'>,
  world: World = 'processes',
): RunRecord {
  if (report.kind === 'record') return report.record;
  return {
    ...blankRecord(run, attempt),
    world,
    verdict: 'unknown',
    cause: 'kit-broke',
    reason: report.why,
  };
}

/** Its reason has the beginning of what the build printed below its first line. */
function buildFailure(
  run: PlannedRun,
  attempt: number,
  { reason, output, unstartable }: BuildFailure,
): RunRecord {
  const printed = output.trim().slice(0, PRINTED_LENGTH);
  return {
    ...blankRecord(run, attempt),
    verdict: 'fail',
    class: 'build',
    signature: buildSignature(unstartable === true ? 'not-startable' : 'build-failed'),
    reason: printed === '' ? `${reason}.` : `${reason}.\n${printed}`,
  };
}

/** The record of a run in which nothing could be observed. */
function blankRecord(run: PlannedRun, attempt: number): Omit<RunRecord, 'verdict' | 'reason'> {
  const { key, index, seed, scenario } = run;
  const { name, digest } = run.submission;
  return {
    key,
    attempt,
    submission: { name, digest },
    scenario,
    index,
    seed,
    world: 'processes',
    durationMs: 0,
    cpuMs: 0,
    operations: { ok: 0, failed: 0, indefinite: 0 },
    faults: {},
    lagMs: 0,
  };
}
