/**
 * The runs that wait for their turn, in the order of the plan, and those of the control arm between them. Pure,
 * like the scheduler that takes from it.
 */

import type { RunRecord } from '../../harness/index.js';
import type { PlannedRun } from '../plan/plan.js';
import { countRuns, inOrder, type RunCell } from '../plan/run-cells.js';
import { countDone, type BegunRun } from './begun-runs.js';

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

/** Those of these runs that are not done, in the order of doing; further attempts after all that wait already. */
export function queueInOrder(cells: readonly RunCell[], begun: readonly BegunRun[]): RunQueue {
  const left = leftInOrder(cells, begun);
  const again: ScheduledRun[] = [];
  let taken = 0;
  let waiting = countRuns(cells) - countDone(begun);
  // Not `shift`, which moves all that come after.
  const takeAgain = () => {
    const scheduled = again[taken];
    if (scheduled !== undefined) taken += 1;
    return scheduled;
  };
  return {
    next() {
      const scheduled = left.next().value ?? takeAgain();
      if (scheduled !== undefined) waiting -= 1;
      return scheduled;
    },
    finished(_record, another) {
      if (another === undefined) return;
      again.push(another);
      waiting += 1;
    },
    get waiting() {
      return waiting;
    },
  };
}

/** Each run is derived when its turn has come. */
function* leftInOrder(
  cells: readonly RunCell[],
  begun: readonly BegunRun[],
): Generator<ScheduledRun, undefined> {
  const known = new Map(begun.map((one) => [one.record.key, one]));
  for (const run of inOrder(cells)) {
    const one = known.get(run.key);
    const attempt = one === undefined ? 0 : one.nextAttempt;
    if (attempt !== undefined) yield { run, attempt };
  }
}

/**
 * Another queue without the runs that are not worth it any more; `note` gets every record before the next run is taken.
 * A run that is left out is never done, so what is not worth it must stay so.
 */
export function passingOver(
  queue: RunQueue,
  isOver: (run: PlannedRun) => boolean,
  note: (record: RunRecord) => void,
): RunQueue {
  return {
    next() {
      let scheduled = queue.next();
      while (scheduled !== undefined && isOver(scheduled.run)) {
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
  /** The control arm, and those of its runs that are begun. */
  cells: readonly RunCell[];
  begun: readonly BegunRun[];
  /** After so many other runs, less one, comes one of the control arm. */
  oneIn: number;
  /** How many of the others have been given out earlier. */
  othersGiven: number;
}

/**
 * Another queue with the control arm between its runs. The progress of the control arm follows only from the number of
 * other runs, so this also holds where those decide how many they are.
 */
export function withControlArm(
  others: RunQueue,
  { cells, begun, oneIn, othersGiven }: ControlQueue,
): RunQueue {
  const left = leftInOrder(cells, begun);
  /** Further attempts, the next one last. */
  const again: ScheduledRun[] = [];
  const underWay = new Set<string>();
  const count = { others: othersGiven, control: countDone(begun) };
  const length = countRuns(cells);
  const isDue = () => count.control < Math.min(length, Math.floor(count.others / (oneIn - 1)));
  return {
    next() {
      const control = isDue() ? (again.pop() ?? left.next().value) : undefined;
      if (control !== undefined) {
        count.control += 1;
        underWay.add(control.run.key);
        return control;
      }
      const next = others.next();
      if (next?.attempt === 0) count.others += 1;
      return next;
    },
    finished(record, another) {
      if (!underWay.delete(record.key)) return others.finished(record, another);
      if (another === undefined) return;
      count.control -= 1;
      again.push(another);
    },
    get waiting() {
      return others.waiting + length - count.control;
    },
  };
}
