/**
 * The costs of the runs that both sides passed, pair by pair. The words rest on all scenarios together, so that a
 * few costs are tested and not hundreds; the rows of single scenarios tell where a difference comes from.
 */

import { COST_NAMES, type CostName } from '../../../harness/index.js';
import { groupBy } from '../../ground/group-by.js';
import { SIGNIFICANCE } from '../../statistics/significance.js';
import { CONFIDENCE } from '../../statistics/clopper-pearson.js';
import { bootstrapMedian, median } from '../../statistics/bootstrap.js';
import type { PassingPair } from './arm.js';
import {
  ALL_SCENARIOS,
  type ComparisonWord,
  type CostComparison,
  type CostMedian,
  type CostRatio,
} from './comparison.js';
import { COSTS } from './cost-words.js';

/** A cost that is surely higher by this share counts as worse; a smaller difference does not matter in practice. */
export const COST_MARGIN = 0.1;

/** A cost with fewer pairs is not compared. */
const FEWEST_PAIRS = 10;

/** Those of all scenarios together come first. `isInterleaved`: both sides ran side by side. */
export function compareCosts(
  pairs: readonly PassingPair[],
  { isInterleaved }: { isInterleaved: boolean },
): CostComparison[] {
  const all = rowsOf(ALL_SCENARIOS, pairs);
  const tested = all.filter(({ cost }) => isInterleaved || !COSTS[cost].isTime);
  const rows = all.map(({ cost, costs }) => {
    const row = compareCost(cost, ALL_SCENARIOS, costs, tested.length);
    return tested.some((one) => one.cost === cost) ? { ...row, word: wordFor(row) } : row;
  });
  const single = [...groupBy(pairs, ({ scenario }) => scenario)].flatMap(([scenario, own]) =>
    rowsOf(scenario, own).map(({ cost, costs }) =>
      compareCost(cost, scenario, costs, tested.length),
    ),
  );
  return [...rows, ...single];
}

/** The costs of both runs of a pair. */
interface CostPair {
  a: number;
  b: number;
}

/** The costs that any pair has a measure of. */
function rowsOf(scenario: string, pairs: readonly PassingPair[]) {
  return COST_NAMES.flatMap((cost) => {
    const costs = pairs.flatMap((pair): CostPair[] => {
      const [a, b] = [pair.a.costs?.[cost], pair.b.costs?.[cost]];
      return a === undefined || b === undefined ? [] : [{ a, b }];
    });
    return costs.length === 0 ? [] : [{ cost, scenario, costs }];
  });
}

function compareCost(
  cost: CostName,
  scenario: string,
  costs: readonly CostPair[],
  family: number,
): CostComparison {
  const ratio = ratioOf(costs, family);
  return {
    cost,
    scenario,
    a: medianOf(costs.map(({ a }) => a)),
    b: medianOf(costs.map(({ b }) => b)),
    ...(ratio === undefined ? {} : { ratio }),
  };
}

function medianOf(values: readonly number[]): CostMedian {
  return { runs: values.length, median: median(values), interval: bootstrapMedian(values) };
}

/** `family`: how many such ratios are tested together. */
function ratioOf(costs: readonly CostPair[], family: number): CostRatio | undefined {
  const ratios = costs.map(({ a, b }) => (a === b ? 1 : b / a));
  const ratio = {
    estimate: median(ratios),
    interval: bootstrapMedian(ratios, CONFIDENCE),
    familywise: bootstrapMedian(ratios, 1 - SIGNIFICANCE / Math.max(1, family)),
  };
  // JSON has no infinity, and readers do not need it.
  return Number.isFinite(ratio.familywise.high) ? ratio : undefined;
}

function wordFor({ cost, a, b, ratio }: CostComparison): ComparisonWord {
  if (a.runs < FEWEST_PAIRS || ratio === undefined) return 'undecided';
  const { low, high } = ratio.familywise;
  const { moreIsBetter, negligible } = COSTS[cost];
  if (Math.abs(b.median - a.median) <= negligible) return 'no difference seen';
  if (low > 1 + COST_MARGIN) return moreIsBetter ? 'better' : 'worse';
  if (high < 1 / (1 + COST_MARGIN)) return moreIsBetter ? 'worse' : 'better';
  return 'no difference seen';
}
