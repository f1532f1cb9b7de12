/**
 * Decides which run is next, how many may be under way at once, and which runs are worth another
 * attempt. Pure: its caller reports events and asks for the next step; it starts nothing and does not know the time.
 */

import type { RunRecord } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import type { RunCell } from '../plan/run-cells.js';
import { startCalm } from './calm.js';
import { begunRuns, type BegunRun } from './begun-runs.js';
import { withoutAlike, withoutHopeless } from './hopeless.js';
import { queueInOrder, withControlArm, type RunQueue, type ScheduledRun } from './run-queue.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { queueUntilDecided } from './sequential-queue.js';
import { withinBudget, type RunBudget } from './within-budget.js';

/** Attempts at a run, the first included, before it stays unknown. */
export const MAX_ATTEMPTS = 3;

export interface SchedulerOptions {
  /** The most runs at once, at least 1; a function where it changes, which may also give 0. */
  jobs: number | (() => number);
  /** Whether fewer run at once after a disturbed run; so it is unless said otherwise. */
  calms?: boolean;
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
  /** If present, a part of the lab gets no more runs after so many have failed alike and nothing in it has worked. */
  enoughAlike?: number | undefined;
  /** Runs that come between the others: after `oneIn` of these, less one, comes the next. */
  control?: ControlRuns | undefined;
  /** How much time submissions may take, and have taken. */
  budget?: RunBudget | undefined;
}

/** The runs of a control arm. */
export interface ControlRuns {
  cells: readonly RunCell[];
  /** At least 2. */
  oneIn: number;
  /** How many of the others count as done before the first; none if it is absent. */
  ahead?: number;
}

export interface Scheduler {
  /** The next run to start, or `undefined` when none waits or enough are under way. */
  next(): ScheduledRun | undefined;
  /** Tells how a run given out by `next` ended. */
  finished(record: RunRecord): void;
  /** How many runs may be under way now, `jobs` at the most; at least 1, unless `jobs` is 0. */
  readonly limit: number;
  /** Runs that are under way. */
  readonly underWay: number;
  /** How many wait at the most, further attempts included. */
  readonly waiting: number;
}

/**
 * A scheduler over the runs of these cells. A disturbed run lowers the limit by one and is tried again, after all
 * that wait already; calm raises the limit again. A pass or a failure is final: a failure that were
 * tried until it passes would be a lie.
 *
 * A class has millions of runs, so memory goes by cells, runs under way and `records`, and the time of a decision grows
 * with the logarithm of the number of cells.
 */
export function createScheduler(cells: readonly RunCell[], options: SchedulerOptions): Scheduler {
  const { maxAttempts = MAX_ATTEMPTS, built, records = [], calms = true } = options;
  const jobs = jobsOf(options);
  const earlier = groupBy(records, ({ key }) => key);
  const left = [...earlier].filter(
    ([, all]) => attemptAfter(all, maxAttempts, built) !== undefined,
  );
  /** Of the runs that were begun and are not settled. */
  const attempts = new Map<string, readonly RunRecord[]>(left);
  const begunIn = (some: readonly RunCell[]) =>
    begunRuns(some, earlier, (all) => attemptAfter(all, maxAttempts, built));
  const queue = queueOf(cells, { ...options, jobs, begunIn });
  const underWay = new Map<string, ScheduledRun>();
  const calm = calms ? startCalm(jobs) : undefined;
  const limit = () => calm?.limit ?? jobs();

  return {
    next() {
      if (underWay.size >= limit()) return undefined;
      const scheduled = queue.next();
      if (scheduled !== undefined) underWay.set(scheduled.run.key, scheduled);
      return scheduled;
    },
    finished(record) {
      const { key } = record;
      const scheduled = underWay.get(key);
      if (scheduled?.attempt !== record.attempt) {
        throw new Error(`${key}, attempt ${record.attempt}, is not under way`);
      }
      underWay.delete(key);
      calm?.ended(record);
      const all = [...(attempts.get(key) ?? []), record];
      const attempt = attemptAfter(all, maxAttempts);
      if (attempt === undefined) attempts.delete(key);
      else attempts.set(key, all);
      queue.finished(record, attempt === undefined ? undefined : { run: scheduled.run, attempt });
    },
    get limit() {
      return limit();
    },
    get underWay() {
      return underWay.size;
    },
    get waiting() {
      return queue.waiting;
    },
  };
}

function jobsOf({ jobs }: SchedulerOptions): () => number {
  if (typeof jobs === 'function') return jobs;
  if (!Number.isSafeInteger(jobs) || jobs < 1) throw new RangeError(`jobs must be 1 or more`);
  return () => jobs;
}

/**
 * Whether a run with these attempts, in order, should be tried once more. It depends on the last one:
 * - a disturbed run may come out otherwise, up to `maxAttempts`;
 * - so may one in which the fault never took effect, unless the same happened twice, as in the virtual world;
 * - a broken kit is given one more chance, because a defect would come back;
 * - an exhausted budget would come back, and so would a delay that is too long, or a call that the kit holds.
 */
export function isWorthAnother(attempts: readonly RunRecord[], maxAttempts: number): boolean {
  const last = attempts.at(-1);
  if (last?.verdict !== 'unknown' || last.attempt + 1 >= maxAttempts) return false;
  switch (last.cause) {
    case 'disturbed':
      return true;
    case 'fault-never-bit':
      return !isSameTwice(attempts);
    case 'kit-broke':
      return attempts.filter(({ cause }) => cause === 'kit-broke').length === 1;
    case 'held-by-kit':
    case 'delayed-to-death':
    case 'stood-still':
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
  const { cause, attempt, trace } = latest;
  const mayEndHere = cause === 'kit-broke' || (cause === 'fault-never-bit' && trace !== undefined);
  return (mayEndHere && attempt > 0) || !isWorthAnother([latest], MAX_ATTEMPTS);
}

/** Whether the last two attempts were the same, event by event. */
function isSameTwice(attempts: readonly RunRecord[]): boolean {
  const [before, last] = attempts.slice(-2);
  return last?.trace !== undefined && last.trace === before?.trace;
}

interface QueueOptions extends SchedulerOptions {
  jobs: () => number;
  /** The runs of these cells that earlier gradings have begun. */
  begunIn: (cells: readonly RunCell[]) => BegunRun[];
}

function queueOf(
  cells: readonly RunCell[],
  { jobs, begunIn, stopping, control, budget, enoughStartFailures, enoughAlike }: QueueOptions,
): RunQueue {
  const begun = begunIn(cells);
  const all =
    stopping === undefined
      ? queueInOrder(cells, begun)
      : queueUntilDecided(cells, { stopping, jobs, begun });
  const known = begun.map(({ record }) => record);
  const hopeful =
    enoughStartFailures === undefined ? all : withoutHopeless(all, known, enoughStartFailures);
  const varied = enoughAlike === undefined ? hopeful : withoutAlike(hopeful, known, enoughAlike);
  const queue = budget === undefined ? varied : withinBudget(varied, budget);
  if (control === undefined) return queue;
  return withControlArm(queue, {
    ...control,
    begun: begunIn(control.cells),
    othersGiven: begun.length + (control.ahead ?? 0),
  });
}

/**
 * The number of the next attempt at a run with these; undefined if it is settled. `built` are the submissions that have
 * been built since.
 */
function attemptAfter(
  attempts: readonly RunRecord[],
  maxAttempts: number,
  built?: ReadonlySet<string>,
): number | undefined {
  const last = attempts.at(-1);
  if (last === undefined) return 0;
  // The same content has been built since, so the machine was to blame.
  const isBuilt = last.class === 'build' && built?.has(last.submission.name) === true;
  const isAgain = isBuilt || isWorthAnother(attempts, maxAttempts);
  return isAgain ? last.attempt + 1 : undefined;
}
