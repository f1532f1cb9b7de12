/**
 * The runs that wait for their turn, in the order of the plan, and those of the control arm between them. Pure,
 * like the scheduler that takes from it.
 */

import type { RunRecord } from '../../harness/index.js';
import type { PlannedRun } from '../plan/plan.js';

/** A run to start now. */
export interface ScheduledRun {
  run: PlannedRun;
  /** From 0. */
  attempt: number;
}

export interface RunQueue {
  /** The next run to start, or `undefined` where none can be for now. */
  next(): ScheduledRun | undefined;
  /** Tells how a run given out by `next` ended, and which further attempt at it is worth it. */
  finished(record: RunRecord, again: ScheduledRun | undefined): void;
  /** How many wait at the most, further attempts included. */
  readonly waiting: number;
}

/** These, one after the other; further attempts after all that wait already. */
export function queueInOrder(scheduled: readonly ScheduledRun[]): RunQueue {
  const queue = [...scheduled];
  return {
    next: () => queue.shift(),
    finished(_record, again) {
      if (again !== undefined) queue.push(again);
    },
    get waiting() {
      return queue.length;
    },
  };
}

/**
 * Another queue without the runs of submissions that are over, by their names; `note` gets every record before the
 * next run is taken. A run that is left out is never done, so a submission that is over must stay over.
 */
export function passingOver(
  queue: RunQueue,
  isOver: (submission: string) => boolean,
  note: (record: RunRecord) => void,
): RunQueue {
  return {
    next() {
      let scheduled = queue.next();
      while (scheduled !== undefined && isOver(scheduled.run.submission.name)) {
        scheduled = queue.next();
      }
      return scheduled;
    },
    finished(record, again) {
      note(record);
      queue.finished(record, again);
    },
    get waiting() {
      return queue.waiting;
    },
  };
}

export interface ControlQueue {
  /** Runs of the control arm that wait, further attempts included. */
  runs: readonly ScheduledRun[];
  /** After so many other runs, less one, comes one of the control arm. */
  oneIn: number;
  /** How many of the others, and of the control arm, have been given out earlier. */
  given: { others: number; control: number };
}

/**
 * Another queue with the control arm between its runs. The progress of the control arm follows only from the number of
 * other runs, so this also holds where those decide how many they are.
 */
export function withControlArm(others: RunQueue, { runs, oneIn, given }: ControlQueue): RunQueue {
  const control = [...runs];
  const mine = new Set(runs.map(({ run }) => run.key));
  const count = { ...given };
  const isDue = () => control.length > 0 && count.control < Math.floor(count.others / (oneIn - 1));
  return {
    next() {
      if (isDue()) {
        count.control += 1;
        return control.shift();
      }
      const next = others.next();
      if (next?.attempt === 0) count.others += 1;
      return next;
    },
    finished(record, again) {
      if (!mine.has(record.key)) return others.finished(record, again);
      if (again === undefined) return;
      count.control -= 1;
      control.unshift(again);
    },
    get waiting() {
      return others.waiting + control.length;
    },
  };
}
