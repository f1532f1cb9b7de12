/** Each cost of B by that of A, on an axis on which half as much is as far from the middle as twice as much. */

import * as Plot from '@observablehq/plot';
import type { Comparison, CostComparison, CostRatio } from '../../../studies/compare/comparison.js';
import { COSTS } from '../../../studies/compare/cost-words.js';
import { factor } from '../../../studies/compare/describe-comparison.js';
import { Chart } from '../chart.js';
import { nameOf } from './comparison-words.js';

/** Width of the chart: it fills a telephone. */
const WIDTH = 440;
const ROW = 40;
/** The axis goes at least from half as much to twice as much, and at most to so many times as much. */
const FACTOR_AT_LEAST = 2;
const FACTOR_AT_MOST = 100;

interface Rated extends CostComparison {
  ratio: CostRatio;
}

export function CostsChart({
  comparison: { a, b },
  costs,
}: {
  comparison: Comparison;
  costs: readonly CostComparison[];
}) {
  const rated = costs.filter((one): one is Rated => one.ratio !== undefined);
  if (rated.length === 0) return null;
  const farthest = farthestOf(rated);
  const bars = rated.map((one, index) => barOf(one, index, farthest));
  const says = rated.map(
    ({ cost, ratio: { estimate, interval } }) =>
      `${COSTS[cost].title} ${factor(estimate)} (${factor(interval.low)} to ${factor(interval.high)})`,
  );
  return (
    <figure class="costs">
      <figcaption>
        Cost of {nameOf(b)} divided by the cost of {nameOf(a)}; 1 = no difference
      </figcaption>
      <Chart
        label={`Ratios of costs with 95 % intervals: ${says.join('; ')}.`}
        width={WIDTH}
        height={rated.length * ROW + 44}
        marginLeft={16}
        marginRight={24}
        marginTop={4}
        marginBottom={36}
        style={{ fontSize: '13px', overflow: 'visible' }}
        y={{ axis: null, domain: [rated.length * ROW, 0] }}
        x={{
          type: 'log',
          domain: [1 / farthest, farthest],
          ticks: ticksUpTo(farthest),
          tickFormat: (ratio: number) => `× ${factor(ratio)}`,
          label: '← less · more →',
          labelAnchor: 'center',
          grid: true,
        }}
        marks={marksOf(bars, farthest)}
      />
    </figure>
  );
}

function marksOf(bars: readonly ReturnType<typeof barOf>[], farthest: number) {
  return [
    Plot.ruleX([1], { stroke: 'var(--ink)' }),
    Plot.text(bars, {
      x: 1 / farthest,
      y: 'nameY',
      text: 'name',
      textAnchor: 'start',
      fill: 'var(--ink)',
      fontWeight: 600,
    }),
    Plot.ruleY(bars, {
      y: 'y',
      x1: 'widerLow',
      x2: 'widerHigh',
      stroke: 'var(--link)',
      strokeWidth: 1,
    }),
    Plot.ruleY(bars, {
      y: 'y',
      x1: 'low',
      x2: 'high',
      stroke: 'var(--link)',
      strokeWidth: 4,
      strokeOpacity: 0.6,
      strokeLinecap: 'round',
    }),
    Plot.dot(bars, { x: 'estimate', y: 'y', r: 5, symbol: 'diamond', fill: 'var(--link)' }),
  ];
}

/** How far the axis has to go for all intervals, within its bounds. */
function farthestOf(rated: readonly Rated[]): number {
  const ends = rated.flatMap(({ ratio: { estimate, interval, familywise } }) =>
    [estimate, interval.low, interval.high, familywise.low, familywise.high].map((ratio) =>
      ratio > 0 ? Math.max(ratio, 1 / ratio) : Infinity,
    ),
  );
  return Math.min(FACTOR_AT_MOST, Math.max(FACTOR_AT_LEAST, ...ends));
}

/** The bar of a cost, cut at the edge of the axis. */
function barOf({ cost, word, ratio }: Rated, index: number, farthest: number) {
  const within = (value: number) => Math.min(farthest, Math.max(1 / farthest, value));
  const { title } = COSTS[cost];
  return {
    name: word === undefined || word === 'no difference seen' ? title : `${title}: ${word}`,
    nameY: index * ROW + 12,
    y: index * ROW + 28,
    estimate: within(ratio.estimate),
    low: within(ratio.interval.low),
    high: within(ratio.interval.high),
    widerLow: within(ratio.familywise.low),
    widerHigh: within(ratio.familywise.high),
  };
}

/** 1 in the middle, and the same to both sides. */
function ticksUpTo(farthest: number): number[] {
  const factors = [1.5, 2, 3, 5, 10, 20, 50, 100].filter((one) => one <= farthest);
  const shown = factors.length > 4 ? factors.filter((_, index) => index % 2 === 1) : factors;
  return [...shown.map((one) => 1 / one), 1, ...shown];
}
