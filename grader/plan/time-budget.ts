/**
 * How much time the runs of one submission of a class may take together, so that one that answers just in time in
 * every run does not keep a class waiting for days. What is used up follows from the journal alone, so a grading that is
 * taken up again comes to the same answer.
 */

import type { z } from 'zod';
import type { RunRecord } from '../../harness/index.js';
import { AMOUNT, COUNT, openObject } from '../ground/schemas.js';
import { expectedDurations } from '../measured/run-duration.js';
import type { Plan, Shard, TimeBudget } from './plan.js';
import { placesIn, plannedCells } from './run-cells.js';
import { originalKey } from './run-key.js';
import { wholePlan } from './shard.js';
import { durationText } from '../text/duration.js';

/** The time that is allowed without --budget-per-submission: this many times what the reference takes. */
export const USUAL_BUDGET: TimeBudget = { timesReference: 8 };

/** The smallest limit, in ms: in few runs an honest submission may take many times what the reference takes. */
const LEAST_MS = 10 * 60_000;

export const OUT_OF_TIME = openObject({
  budgetMs: AMOUNT,
  /** Time that its runs took, including attempts that are not counted. */
  spentMs: AMOUNT,
  /** Planned runs without a record. */
  undone: COUNT,
});

/** A submission whose time was used up before all of its runs were done. */
export type OutOfTime = z.infer<typeof OUT_OF_TIME>;

/**
 * By the names of the submissions, in ms; empty where the plan sets no budget. In a shard, a submission has the part of
 * its budget that belongs to its cells there.
 */
export function budgetsOf(plan: Plan): ReadonlyMap<string, number> {
  const { budget } = plan;
  if (budget === undefined) return new Map();
  const own = referenceMs(plan, plan.shard);
  if ('ms' in budget) {
    const whole = referenceMs(wholePlan(plan), plan.shard);
    const part = (name: string, ms: number) => ms / (whole.get(name) ?? ms);
    return new Map([...own].map(([name, ms]) => [name, Math.ceil(budget.ms * part(name, ms))]));
  }
  const { timesReference } = budget;
  return new Map(
    [...own].map(([name, ms]) => [name, Math.max(LEAST_MS, Math.ceil(timesReference * ms))]),
  );
}

/** How long all runs of each submission should take, in ms, by its name. */
function referenceMs(plan: Plan, shard: Shard | undefined): Map<string, number> {
  const durationOf =
    shard === undefined ? expectedDurations() : (scenario: string) => shard.runMs[scenario] ?? 0;
  const sums = new Map<string, number>();
  for (const { submission, scenario, length } of plannedCells(plan)) {
    const ms = length * durationOf(scenario);
    sums.set(submission.name, (sums.get(submission.name) ?? 0) + ms);
  }
  return sums;
}

/**
 * Time that the runs of each submission have taken, in ms: all attempts at the runs of the plan and at their replays.
 * Runs that have been repeated since no longer count.
 */
export function spentMs(plan: Plan, attempts: Iterable<RunRecord>): Map<string, number> {
  const placeOf = placesIn(plannedCells(plan));
  const spent = new Map<string, number>();
  for (const { key, submission, scenario, durationMs } of attempts) {
    if (placeOf({ key: originalKey(key), submission, scenario }) === undefined) continue;
    spent.set(submission.name, (spent.get(submission.name) ?? 0) + durationMs);
  }
  return spent;
}

/** Names of submissions without time left and with planned runs undone; `undone` is by name, too. */
export function outOfTime(
  plan: Plan,
  attempts: readonly RunRecord[],
  undone: ReadonlyMap<string, number>,
): ReadonlyMap<string, OutOfTime> {
  if (plan.budget === undefined) return new Map();
  const spent = spentMs(plan, attempts);
  return new Map(
    [...budgetsOf(plan)].flatMap(([name, budgetMs]): [string, OutOfTime][] => {
      const left = undone.get(name) ?? 0;
      const usedMs = spent.get(name) ?? 0;
      return left === 0 || usedMs < budgetMs
        ? []
        : [[name, { budgetMs, spentMs: Math.round(usedMs), undone: left }]];
    }),
  );
}

/** One sentence for staff. */
export function describeOutOfTime({ budgetMs, spentMs: usedMs, undone }: OutOfTime): string {
  const runs = undone === 1 ? '1 planned run was' : `${undone} planned runs were`;
  return (
    `${runs} not done: the other runs took ${durationText(usedMs)}, and the limit is ${durationText(budgetMs)}; ` +
    'to do them, grade this submission alone into another directory, with a larger --budget-per-submission.'
  );
}
