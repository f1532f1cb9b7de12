/** How many runs it takes until intervals are so narrow that few of them straddle a step. */

import { kindOf, type RatePolicy } from '../../rubric/policies/registry.js';
import { binomialAtMost } from '../../statistics/binomial.js';
import { clopperPearson } from '../../statistics/clopper-pearson.js';
import { firstWhere } from './failure-bounds.js';

/** Few: less than this share of gradings. */
export const FEW_STRADDLES = 0.05;

/** Round numbers that are tried. */
const RUNS = [
  10, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000,
  10_000,
];

/** Numbers of failures, both ends included. */
interface Range {
  first: number;
  last: number;
}

/**
 * For a true failure rate the least of some round numbers of runs from which on few gradings straddle a step;
 * `null` if that takes more than 10,000. Near a step no number is enough.
 */
export function runsForFewStraddles(
  policy: RatePolicy,
  confidence: number,
): (rate: number) => number | null {
  // Which numbers of failures straddle does not depend on the rate.
  const known = new Map<number, Range[]>();
  const isFew = (runs: number, rate: number) => {
    const ranges = known.get(runs) ?? straddlingFailures(policy, confidence, runs);
    known.set(runs, ranges);
    return probabilityOf(ranges, runs, rate) < FEW_STRADDLES;
  };
  return (rate) => RUNS[RUNS.findLastIndex((runs) => !isFew(runs, rate)) + 1] ?? null;
}

/** The numbers of failures at which the interval straddles a step, as ranges that do not overlap. */
function straddlingFailures(policy: RatePolicy, confidence: number, runs: number): Range[] {
  const end = (failures: number, which: 'low' | 'high') =>
    clopperPearson(failures, runs, confidence)[which];
  const ranges = kindOf(policy)
    .steps(policy)
    .map(({ atMost: bound }) => ({
      first: firstWhere(runs, (failures) => end(failures, 'high') > bound),
      last: firstWhere(runs, (failures) => end(failures, 'low') > bound) - 1,
    }));
  return apart(ranges);
}

function probabilityOf(ranges: readonly Range[], runs: number, rate: number): number {
  return ranges.reduce(
    (sum, { first, last }) =>
      sum + binomialAtMost(last, runs, rate) - binomialAtMost(first - 1, runs, rate),
    0,
  );
}

/** Ranges without overlaps that contain the same numbers; the given ranges have ascending ends. */
function apart(ranges: readonly Range[]): Range[] {
  const separate: Range[] = [];
  for (const { first, last } of ranges) {
    const from = Math.max(first, (separate.at(-1)?.last ?? -1) + 1);
    if (from <= last) separate.push({ first: from, last });
  }
  return separate;
}
