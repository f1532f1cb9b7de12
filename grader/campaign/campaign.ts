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
import { plannedRuns, type Plan, type PlannedRun } from '../plan/plan.js';
import { startProgress } from './progress.js';
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
  runs: readonly PlannedRun[];
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
  | 'keepsEvidence'
  | 'keepsPasses'
> {
  /** One after the other; a single one with all runs of the plan unless said otherwise. */
  stages?: readonly Stage[];
  /** Puts into the directory what belongs beside the plan, before there is one. */
  keepFiles?: () => Promise<void>;
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
  const { directory, signal, stages = [allRuns] } = options;
  const journal = await openJournal(join(directory, JOURNAL_FILE));
  for (const line of describeDamagedLines(journal.damaged)) process.stderr.write(`${line}\n`);
  const records = [...journal.records];
  try {
    for (const stage of stages) {
      if (signal.aborted) break;
      const work = stage(plan, foldRecords(records));
      if (work.says !== undefined) process.stderr.write(`${work.says}\n`);
      if (work.runs.length > 0) await carryOutStage(plan, work, records, journal, options);
    }
  } finally {
    await journal.close();
  }
  return { plan, records: foldRecords(records), attempts: records, interrupted: signal.aborted };
}

const allRuns: Stage = (plan) => ({ runs: plannedRuns(plan) });

/** Does those of the runs that `records` has not settled yet, and adds what it records to them. */
async function carryOutStage(
  plan: Plan,
  { runs: asked, stopping, control }: ReturnType<Stage>,
  records: RunRecord[],
  journal: Journal,
  options: CampaignOptions,
): Promise<void> {
  const { submissions, enoughStartFailures, announce } = options;
  const runs = enoughStartFailures === undefined ? asked : withoutUnbuilt(asked, submissions);
  const settled = countSettled(runs, { stopping, control });
  for (const record of records) settled.add(record);
  const progress = startProgress({
    total: runs.length + (control?.runs.length ?? 0),
    start: settled.counts(),
    stream: process.stderr,
  });
  const limits = budgetsOf(plan);
  try {
    await execute({
      ...options,
      runs,
      records: [...records],
      stopping,
      control,
      ...(limits.size === 0 ? {} : { budget: { limits, spent: spentMs(plan, records) } }),
      async onRecord(record) {
        await journal.append(record);
        records.push(record);
        const isSettled = settled.add(record);
        progress.update(settled.counts());
        if (isSettled && announce !== undefined) {
          progress.stepAside(() => process.stdout.write(announce(record)));
        }
      },
    });
  } finally {
    progress.stop();
  }
}
