/**
 * Another queue, without the runs of submissions that have used up their time. Runs under way are waited for, so a
 * submission may take a little more than it has. Pure, like the scheduler that takes from it.
 */

import { passingOver, type RunQueue } from './run-queue.js';

/** In ms, by the names of submissions; a submission without an entry has no limit. */
export interface RunBudget {
  limits: ReadonlyMap<string, number>;
  /** Time that earlier runs have taken. */
  spent: ReadonlyMap<string, number>;
}

export function withinBudget(queue: RunQueue, { limits, spent: before }: RunBudget): RunQueue {
  const spent = new Map(before);
  const isOut = (name: string) => (spent.get(name) ?? 0) >= (limits.get(name) ?? Infinity);
  return passingOver(
    queue,
    (run) => isOut(run.submission.name),
    ({ submission: { name }, durationMs }) => {
      spent.set(name, (spent.get(name) ?? 0) + durationMs);
    },
  );
}
