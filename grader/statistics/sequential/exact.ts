/**
 * The behaviour of a sequential test, computed exactly for a true failure rate: how likely each ending is, how many
 * runs it takes, and the plan with a fixed number of runs that errs as rarely. Numbers in, numbers out.
 */

import type { Stopping } from './stopping.js';
import { incompleteBeta } from '../beta.js';
import { decide, type Decision } from './wald-test.js';

/** One way in which a test may end, with its probability. */
export interface Ending {
  failures: number;
  passes: number;
  decision: Decision | 'undecided';
  probability: number;
}

/** The probabilities of the three answers, and the mean number of usable runs. */
export interface Characteristic {
  acceptable: number;
  unacceptable: number;
  undecided: number;
  averageRuns: number;
}

/** A fixed number of runs, and the most failures in it that are acceptable. */
export interface FixedPlan {
  runs: number;
  atMostFailures: number;
}

/**
 * All endings of a test with at most `cap` usable runs, if each fails with the probability `rate`. The
 * probabilities come to 1.
 */
export function endings(stopping: Stopping, cap: number, rate: number): Ending[] {
  const ended: Ending[] = [];
  // How likely it is that the test is still open after so many runs, by the failures among them.
  let open = new Map([[0, 1]]);
  for (let runs = 1; runs <= cap && open.size > 0; runs += 1) {
    const next = afterOneMore(open, rate);
    open = new Map();
    for (const [failures, probability] of next) {
      const passes = runs - failures;
      const decision = decide(stopping, failures, passes);
      if (decision === undefined) open.set(failures, probability);
      else ended.push({ failures, passes, decision, probability });
    }
  }
  const undecided = [...open].map(([failures, probability]): Ending => {
    return { failures, passes: cap - failures, decision: 'undecided', probability };
  });
  return [...ended, ...undecided];
}

function afterOneMore(open: ReadonlyMap<number, number>, rate: number): Map<number, number> {
  const next = new Map<number, number>();
  const add = (failures: number, probability: number) => {
    if (probability > 0) next.set(failures, (next.get(failures) ?? 0) + probability);
  };
  for (const [failures, probability] of open) {
    add(failures, probability * (1 - rate));
    add(failures + 1, probability * rate);
  }
  return next;
}

/** The chances of a submission that fails with the probability `rate`. */
export function characteristic(stopping: Stopping, cap: number, rate: number): Characteristic {
  const all = { acceptable: 0, unacceptable: 0, undecided: 0, averageRuns: 0 };
  for (const { failures, passes, decision, probability } of endings(stopping, cap, rate)) {
    all[decision] += probability;
    all.averageRuns += probability * (failures + passes);
  }
  return all;
}

/**
 * The least cap at which both errors hold even if every undecided submission counts as decided wrongly. A lower
 * cap does not err more often either, but leaves more undecided.
 */
export function leastCap(stopping: Stopping): number {
  const { acceptable, unacceptable, falseAlarm, miss } = stopping;
  const holds = (cap: number) =>
    1 - characteristic(stopping, cap, acceptable).acceptable <= falseAlarm &&
    1 - characteristic(stopping, cap, unacceptable).unacceptable <= miss;
  return leastWhere(holds);
}

/** The fixed number of runs, and the bound, with the same two errors at most. */
export function fixedPlan({ acceptable, unacceptable, falseAlarm, miss }: Stopping): FixedPlan {
  for (let runs = 1, failures = 0; ; runs += 1) {
    // More runs need at least as high a bound for the first error to hold.
    while (1 - atMost(failures, runs, acceptable) > falseAlarm) failures += 1;
    if (atMost(failures, runs, unacceptable) <= miss) return { runs, atMostFailures: failures };
  }
}

/** The probability of at most so many failures in so many runs. */
function atMost(failures: number, runs: number, rate: number): number {
  return failures >= runs ? 1 : incompleteBeta(1 - rate, runs - failures, failures + 1);
}

/** The least number from 1 at which it holds, where it then holds for every larger one. */
function leastWhere(holds: (cap: number) => boolean): number {
  let high = 1;
  while (!holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
