/**
 * Decides which run is next, how many may be under way at once, and which runs are worth another
 * attempt. Pure: its caller reports events and asks for the next step; it starts nothing and does not know the time.
 */

import type { RunRecord } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import type { PlannedRun } from '../plan/plan.js';
import { withoutHopeless } from './hopeless.js';
import { queueInOrder, withControlArm, type RunQueue, type ScheduledRun } from './run-queue.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { queueUntilDecided } from './sequential-queue.js';
import { withinBudget, type RunBudget } from './within-budget.js';

/** Attempts at a run, the first included, before it stays unknown. */
export const MAX_ATTEMPTS = 3;

/** After so many undisturbed runs in a row, one more may run at once. */
export const CALM_RUNS = 20;

export interface SchedulerOptions {
  /** The most runs at once, at least 1. */
  jobs: number;
  /** `MAX_ATTEMPTS` unless said otherwise. */
  maxAttempts?: number;
  /** Names of submissions that have been built; what was recorded of a build that failed before is tried again. */
  built?: ReadonlySet<string> | undefined;
  /** Records of an earlier, interrupted grading from its journal: all attempts, in order. */
  records?: readonly RunRecord[];
  /** If present, a scenario on a submission is run only until it is decided. */
  stopping?: Stopping | undefined;
  /** If present, a submission gets no more runs after so many have failed to start and none has done anything else. */
  enoughStartFailures?: number | undefined;
  /** Runs that come between the others: after `oneIn` of these, less one, comes the next. */
  control?: ControlRuns | undefined;
  /** How much time submissions may take, and have taken. */
  budget?: RunBudget | undefined;
}

/** The runs of a control arm, in the order of doing. */
export interface ControlRuns {
  runs: readonly PlannedRun[];
  /** At least 2. */
  oneIn: number;
}

export interface Scheduler {
  /** The next run to start, or `undefined` when none waits or enough are under way. */
  next(): ScheduledRun | undefined;
  /** Tells how a run given out by `next` ended. */
  finished(record: RunRecord): void;
  /** How many runs may be under way now: from 1 to `jobs`. */
  readonly limit: number;
  /** Runs that are under way. */
  readonly underWay: number;
  /** How many wait at the most, further attempts included. */
  readonly waiting: number;
}

/**
 * A scheduler over these runs. A disturbed run lowers the limit by one and is tried again, after all
 * that wait already; calm raises the limit again. A pass or a failure is final: a failure that were
 * tried until it passes would be a lie.
 */
export function createScheduler(
  planned: readonly PlannedRun[],
  options: SchedulerOptions,
): Scheduler {
  const { jobs, maxAttempts = MAX_ATTEMPTS, records = [] } = options;
  if (!Number.isSafeInteger(jobs) || jobs < 1) throw new RangeError(`jobs must be 1 or more`);
  const attempts = new Map<string, RunRecord[]>(groupBy(records, ({ key }) => key));
  const queue = queueOf(planned, attempts, { ...options, maxAttempts });
  const underWay = new Map<string, ScheduledRun>();
  let limit = jobs;
  let calm = 0;

  function adjust(record: RunRecord): void {
    const disturbed = isDisturbed(record);
    calm = disturbed ? 0 : calm + 1;
    if (disturbed) limit = Math.max(1, limit - 1);
    if (calm < CALM_RUNS) return;
    calm = 0;
    limit = Math.min(jobs, limit + 1);
  }

  return {
    next() {
      if (underWay.size >= limit) return undefined;
      const scheduled = queue.next();
      if (scheduled !== undefined) underWay.set(scheduled.run.key, scheduled);
      return scheduled;
    },
    finished(record) {
      const scheduled = underWay.get(record.key);
      if (scheduled?.attempt !== record.attempt) {
        throw new Error(`${record.key}, attempt ${record.attempt}, is not under way`);
      }
      underWay.delete(record.key);
      adjust(record);
      const all = [...(attempts.get(record.key) ?? []), record];
      attempts.set(record.key, all);
      queue.finished(record, leftOf(scheduled.run, all, { maxAttempts }));
    },
    get limit() {
      return limit;
    },
    get underWay() {
      return underWay.size;
    },
    get waiting() {
      return queue.waiting;
    },
  };
}

/**
 * Whether a run with these attempts, in order, should be tried once more. It depends on the last one:
 * a disturbed run and one in which the fault never took effect may come out otherwise, up to `maxAttempts`; a broken
 * kit is given one more chance, because a defect would come back; an exhausted budget would too, and so
 * would a delay that is too long, or a call that the kit holds.
 */
export function isWorthAnother(attempts: readonly RunRecord[], maxAttempts: number): boolean {
  const last = attempts.at(-1);
  if (last?.verdict !== 'unknown' || last.attempt + 1 >= maxAttempts) return false;
  switch (last.cause) {
    case 'disturbed':
    case 'fault-never-bit':
      return true;
    case 'kit-broke':
      return attempts.filter(({ cause }) => cause === 'kit-broke').length === 1;
    case 'held-by-kit':
    case 'delayed-to-death':
    case 'budget-exhausted':
    case undefined:
      return false;
    default:
      return last.cause satisfies never;
  }
}

/**
 * Whether a run may be settled whose latest attempt this is. It may not be, since what went before it can matter;
 * but a run that is settled is never said not to be.
 */
export function mayBeSettled(latest: RunRecord): boolean {
  const brokeTwice = latest.cause === 'kit-broke' && latest.attempt > 0;
  return brokeTwice || !isWorthAnother([latest], MAX_ATTEMPTS);
}

function queueOf(
  planned: readonly PlannedRun[],
  attempts: ReadonlyMap<string, RunRecord[]>,
  options: SchedulerOptions & { maxAttempts: number },
): RunQueue {
  const { jobs, stopping, control, budget, enoughStartFailures } = options;
  const left = (run: PlannedRun) => leftOf(run, attempts.get(run.key) ?? [], options);
  const recordOf = ({ key }: PlannedRun) => attempts.get(key)?.at(-1);
  const all =
    stopping === undefined
      ? queueInOrder(planned.flatMap((run) => left(run) ?? []))
      : queueUntilDecided(planned, { stopping, jobs, leftOf: left, recordOf });
  const known = planned.flatMap((run) => recordOf(run) ?? []);
  const hopeful =
    enoughStartFailures === undefined ? all : withoutHopeless(all, known, enoughStartFailures);
  const queue = budget === undefined ? hopeful : withinBudget(hopeful, budget);
  if (control === undefined) return queue;
  const isBegun = ({ key }: PlannedRun) => attempts.has(key);
  const waiting = control.runs.flatMap((run) => left(run) ?? []);
  const given = {
    others: planned.filter(isBegun).length,
    control: control.runs.length - waiting.length,
  };
  return withControlArm(queue, { runs: waiting, oneIn: control.oneIn, given });
}

/** The next attempt of a run with these attempts: none, the first, or a further one. */
function leftOf(
  run: PlannedRun,
  attempts: readonly RunRecord[],
  { maxAttempts, built }: { maxAttempts: number; built?: ReadonlySet<string> | undefined },
): ScheduledRun | undefined {
  const last = attempts.at(-1);
  if (last === undefined) return { run, attempt: 0 };
  // The same content has been built since, so the machine was to blame.
  const isBuilt = last.class === 'build' && built?.has(run.submission.name) === true;
  const isAgain = isBuilt || isWorthAnother(attempts, maxAttempts);
  return isAgain ? { run, attempt: last.attempt + 1 } : undefined;
}

function isDisturbed({ verdict, cause }: RunRecord): boolean {
  return verdict === 'unknown' && cause === 'disturbed';
}
