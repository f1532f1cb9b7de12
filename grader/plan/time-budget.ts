/**
 * How much time the runs of one submission of a class may take together, so that one that answers just in time in
 * every run does not keep a class waiting for days. What is used up follows from the journal alone, so a grading that is
 * taken up again comes to the same answer.
 */

import type { z } from 'zod';
import type { RunRecord } from '../../harness/index.js';
import { AMOUNT, COUNT, openObject } from '../ground/schemas.js';
import { readMeasured } from '../measured/measured.js';
import { plannedRuns, type Plan, type TimeBudget } from './plan.js';
import { originalKey } from './run-key.js';
import { durationText } from '../text/duration.js';

/** The time that is allowed without --budget-per-submission: this many times what the reference takes. */
export const USUAL_BUDGET: TimeBudget = { timesReference: 8 };

/** Assumed duration of a run if the kit's calibration does not have its scenario, in ms. */
const UNMEASURED_MS = 5000;

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

/** By the names of the submissions, in ms; empty where the plan sets no budget. */
export function budgetsOf(plan: Plan): ReadonlyMap<string, number> {
  const { budget } = plan;
  if (budget === undefined) return new Map();
  if ('ms' in budget) return new Map(plan.submissions.map(({ name }) => [name, budget.ms]));
  const referenceMs = measuredMs();
  const sums = new Map<string, number>();
  for (const { submission, scenario } of plannedRuns(plan)) {
    const before = sums.get(submission.name) ?? 0;
    sums.set(submission.name, before + (referenceMs.get(scenario) ?? UNMEASURED_MS));
  }
  return new Map(
    [...sums].map(([name, ms]) => [
      name,
      Math.max(LEAST_MS, Math.ceil(budget.timesReference * ms)),
    ]),
  );
}

function measuredMs(): ReadonlyMap<string, number> {
  const cells = readMeasured()?.reference.cells ?? [];
  return new Map(
    cells.flatMap(({ scenario, medianMs }) =>
      medianMs === undefined ? [] : [[scenario, medianMs] as const],
    ),
  );
}

/**
 * Time that the runs of each submission have taken, in ms: all attempts at the runs of the plan and at their replays.
 * Runs that have been repeated since no longer count.
 */
export function spentMs(plan: Plan, attempts: Iterable<RunRecord>): Map<string, number> {
  const keys = new Set(plannedRuns(plan).map(({ key }) => key));
  const spent = new Map<string, number>();
  for (const { key, submission, durationMs } of attempts) {
    if (!keys.has(originalKey(key))) continue;
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
