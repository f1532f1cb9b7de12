/**
 * A campaign: the runs of a plan, carried out in its directory with plan file, lock, journal and progress. It begins
 * or continues there. Its caller turns the records into results.
 */

import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, type RunRecord } from '../../harness/index.js';
import { execute, type Execution } from './execute.js';
import { foldRecords } from './fold.js';
import { describeDamagedLines } from './journal/damage.js';
import { JOURNAL_FILE, openJournal, type Journal } from './journal/journal.js';
import { withoutUnbuilt } from './hopeless.js';
import { acquireLock } from '../files/lock.js';
import { assertHoldsNoPlan, readPlan, writePlan } from '../plan/plan-file.js';
import type { Plan } from '../plan/plan.js';
import { countRuns, plannedCells, type RunCell } from '../plan/run-cells.js';
import {
  coordinate,
  unsafeIn,
  unsafeHosts,
  voidHost,
  type QueueChoice,
} from './queue/coordinate.js';
import { shownAddress } from './queue/engine.js';
import type { QueuePool } from './queue/queue-pool.js';
import { keepPace, type PaceKeeper } from './pace.js';
import { startProgress, type Progress } from './progress.js';
import { say } from '../text/message.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import type { ControlRuns } from './scheduler.js';
import { countSettled } from './settled.js';
import { budgetsOf, spentMs } from '../plan/time-budget.js';

/**
 * Runs that are done together, once those of the stages before it are settled. `records` has one
 * record a run, and the same records must give the same runs, so that a campaign can be resumed.
 */
export type Stage = (
  plan: Plan,
  records: readonly RunRecord[],
) => {
  cells: readonly RunCell[];
  /** If present, a scenario on a submission is run only until it is decided. */
  stopping?: Stopping | undefined;
  /** Runs that come between the others. */
  control?: ControlRuns | undefined;
  /** Announced on standard error when the stage begins. */
  says?: string;
};

export interface CampaignOptions extends Pick<
  Execution,
  | 'directory'
  | 'jobs'
  | 'submissions'
  | 'signal'
  | 'enoughStartFailures'
  | 'enoughAlike'
  | 'keepsEvidence'
  | 'keepsPasses'
> {
  /** One after the other; a single one with all runs of the plan unless said otherwise. */
  stages?: readonly Stage[];
  /** Puts into the directory what belongs beside the plan, before there is one. */
  keepFiles?: () => Promise<void>;
  /** If present, agents on other machines perform the runs. */
  queue?: QueueChoice;
  /** Whole lines for standard output, shown as soon as a run is settled. */
  announce?: (record: RunRecord) => string;
}

export interface CampaignOutcome {
  plan: Plan;
  /** One record a run, the latest attempt of each. */
  records: RunRecord[];
  /** The records of all attempts. */
  attempts: readonly RunRecord[];
  /** True if it was stopped before every run was settled. */
  interrupted: boolean;
  /** The address of the queue that was used, without a password. */
  queue?: string;
}

/**
 * Carries out a plan in a directory without one; `conclude` writes its results under the same lock, and returns them.
 */
export async function beginCampaign<T>(
  plan: Plan,
  options: CampaignOptions,
  conclude: (outcome: CampaignOutcome) => Promise<T>,
): Promise<T> {
  createDirectory(options.directory);
  return locked(options.directory, async () => {
    assertHoldsNoPlan(options.directory);
    await options.keepFiles?.();
    await writePlan(options.directory, plan);
    return conclude(await carryOut(plan, options));
  });
}

/** Goes on with the campaign of a directory; `resolve` finds the submissions of its plan. */
export async function resumeCampaign<T>(
  options: Omit<CampaignOptions, 'submissions'>,
  resolve: (plan: Plan) => Promise<CampaignOptions['submissions']>,
  conclude: (outcome: CampaignOutcome) => Promise<T>,
): Promise<T> {
  return withPlan(options.directory, async (plan) =>
    conclude(await carryOut(plan, { ...options, submissions: await resolve(plan) })),
  );
}

/**
 * Continues the campaign of a directory with another plan: `revise` makes it from the present plan, and has written it
 * when it resolves.
 */
export async function reviseCampaign<T>(
  options: Omit<CampaignOptions, 'submissions'>,
  revise: (plan: Plan) => Promise<{ plan: Plan; submissions: CampaignOptions['submissions'] }>,
  conclude: (outcome: CampaignOutcome) => Promise<T>,
): Promise<T> {
  return withPlan(options.directory, async (old) => {
    const { plan, submissions } = await revise(old);
    return conclude(await carryOut(plan, { ...options, submissions }));
  });
}

/** Works on the plan of a directory while no other process does. */
export async function withPlan<T>(directory: string, work: (plan: Plan) => Promise<T>): Promise<T> {
  // Before the lock, which would otherwise be put into a directory that has nothing to do with us.
  readPlan(directory);
  return locked(directory, () => work(readPlan(directory)));
}

async function locked<T>(directory: string, work: () => Promise<T>): Promise<T> {
  checkWritable(directory);
  const lock = acquireLock(directory);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** @throws UsageError when there can be no such directory. */
export function createDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new UsageError(`the directory ${directory} cannot be created`, {
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

async function carryOut(plan: Plan, options: CampaignOptions): Promise<CampaignOutcome> {
  const { directory, signal, stages = [allRuns], queue } = options;
  // A coordinator that was killed may have left it half done.
  for (const host of unsafeHosts(directory).keys()) await voidHost(directory, host);
  let log = await openLog(directory);
  const shown: StageTools['shown'] = {};
  const coordination =
    queue && (await coordinate(queue, directory, plan, log.records, sayBeside(shown)));
  const pool = coordination?.pool;
  const where = coordination?.capacity;
  const pace = keepPace(directory);
  try {
    for (const stage of stages) {
      while (!signal.aborted) {
        await carryOutStage(plan, stage, log, { ...options, pool, pace, where, shown });
        const unsafe = unsafeIn(plan, log.records);
        if (unsafe.size === 0) break;
        for (const [host, why] of unsafe) await pool?.exclude(host, why);
        await log.journal.close();
        for (const host of unsafe.keys()) await voidHost(directory, host);
        log = await openLog(directory);
      }
    }
    if (!signal.aborted) await pool?.finish();
  } finally {
    await pool?.close();
    await pace.stop();
    await log.journal.close();
  }
  const { records } = log;
  return {
    plan,
    records: foldRecords(records),
    attempts: records,
    interrupted: signal.aborted,
    ...(queue === undefined ? {} : { queue: shownAddress(queue.address) }),
  };
}

/** An open journal, and all records that are in it by now. */
interface Log {
  journal: Journal;
  records: RunRecord[];
}

async function openLog(directory: string): Promise<Log> {
  const journal = await openJournal(join(directory, JOURNAL_FILE));
  for (const line of describeDamagedLines(journal.damaged)) process.stderr.write(`${line}\n`);
  return { journal, records: [...journal.records] };
}

/** What the stages of a campaign share. */
interface StageTools {
  /** Absent for workers on this machine, as `where`. */
  pool: QueuePool | undefined;
  where: (() => string) | undefined;
  pace: PaceKeeper;
  /** The progress that is shown now, if there is any. */
  shown: { progress?: Progress };
}

/** Says lines without disturbing the progress. */
function sayBeside(shown: StageTools['shown']): (line: string) => void {
  return (line) => {
    if (shown.progress === undefined) say(line);
    else shown.progress.stepAside(() => say(line));
  };
}

const allRuns: Stage = (plan) => ({ cells: plannedCells(plan) });

/**
 * Does those runs of a stage that the records have not settled yet, and adds what it records to them. Ends before that
 * if a host turns out to be unsafe.
 */
async function carryOutStage(
  plan: Plan,
  stage: Stage,
  { journal, records }: Log,
  options: CampaignOptions & StageTools,
): Promise<void> {
  const { submissions, enoughStartFailures, announce } = options;
  const { cells: asked, stopping, control, says } = stage(plan, foldRecords(records));
  if (says !== undefined) process.stderr.write(`${says}\n`);
  if (asked.length === 0 || unsafeIn(plan, records).size > 0) return;
  const cells = enoughStartFailures === undefined ? asked : withoutUnbuilt(asked, submissions);
  const settled = countSettled(cells, { stopping, control });
  for (const record of records) settled.add(record);
  const progress = startProgress({
    total: countRuns(cells) + countRuns(control?.cells ?? []),
    start: settled.counts(),
    where: options.where,
    stream: process.stderr,
  });
  options.shown.progress = progress;
  const limits = budgetsOf(plan);
  const found = new AbortController();
  try {
    await execute({
      ...options,
      signal: AbortSignal.any([options.signal, found.signal]),
      cells,
      world: plan.world,
      records: [...records],
      stopping,
      control,
      ...(limits.size === 0 ? {} : { budget: { limits, spent: spentMs(plan, records) } }),
      async onRecord(record) {
        await journal.append(record);
        records.push(record);
        const isSettled = settled.add(record);
        if (isSettled) options.pace.settled();
        progress.update(settled.counts());
        if (isSettled && announce !== undefined) {
          progress.stepAside(() => process.stdout.write(announce(record)));
        }
        if (unsafeIn(plan, [record]).size > 0) found.abort();
      },
    });
  } finally {
    progress.stop();
  }
}
