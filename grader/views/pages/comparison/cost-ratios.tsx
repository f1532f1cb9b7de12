/** The costs of the runs that both passed: ratios around 1, and the numbers with their units. */

import {
  ALL_SCENARIOS,
  type Comparison,
  type CostComparison,
  type CostMedian,
} from '../../../studies/compare/comparison.js';
import { COSTS } from '../../../studies/compare/cost-words.js';
import { factor } from '../../../studies/compare/describe-comparison.js';
import { percent } from '../../../text/count.js';
import { CostsChart } from './costs-chart.js';
import { amount, nameOf, WORD_CLASSES } from './comparison-words.js';

export function Costs({ comparison }: { comparison: Comparison }) {
  const { costs, costMargin, a, b } = comparison;
  const together = costs.filter(({ scenario }) => scenario === ALL_SCENARIOS);
  const apart = costs.filter(({ scenario }) => scenario !== ALL_SCENARIOS);
  return (
    <section aria-labelledby="costs">
      <h2 id="costs">Costs</h2>
      {together.length === 0 ? (
        <p>No costs are compared: there is no run that both passed.</p>
      ) : (
        <>
          <p>
            Measured in pairs of runs with the same seed that both submissions passed. A cost counts
            as different if its whole interval is more than{' '}
            {percent(costMargin).replace(/\.0$/, '')} % away from equal.
          </p>
          <CostsChart comparison={comparison} costs={together} />
          <CostTable
            comparison={comparison}
            costs={together}
            caption="Costs in all scenarios together"
          />
          <p class="quiet">
            Costs are medians over runs. The ratio is the median over pairs of runs: the cost of{' '}
            {nameOf(b)} divided by the cost of {nameOf(a)}. All intervals are 95 % bootstrap
            intervals. In the chart, the thin line is the interval corrected for comparing several
            costs.
          </p>
        </>
      )}
      {apart.length === 0 ? null : (
        <details>
          <summary>Costs by scenario</summary>
          <CostTable comparison={comparison} costs={apart} caption="Costs in each scenario" />
        </details>
      )}
    </section>
  );
}

interface TableProps {
  comparison: Comparison;
  costs: readonly CostComparison[];
  caption: string;
}

function CostTable({ comparison, costs, caption }: TableProps) {
  const hasScenarios = costs.some(({ scenario }) => scenario !== ALL_SCENARIOS);
  const isJudged = costs.some(({ word }) => word !== undefined);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="numbers cards">
        <thead>
          <tr>
            {hasScenarios ? <th scope="col">scenario</th> : null}
            <th scope="col">cost</th>
            {isJudged ? <th scope="col">result for {nameOf(comparison.b)}</th> : null}
            <th scope="col" class="number">
              {nameOf(comparison.a)}
            </th>
            <th scope="col" class="number">
              {nameOf(comparison.b)}
            </th>
            <th scope="col" class="number">
              ratio
            </th>
            <th scope="col" class="number">
              pairs of runs
            </th>
          </tr>
        </thead>
        <tbody>
          {costs.map((one, index) =>
            Row(one, {
              comparison,
              isJudged,
              scenarioRows: hasScenarios ? rowsFrom(costs, index) : undefined,
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** How many rows a scenario takes that begins here; 0 if it has begun before. */
function rowsFrom(costs: readonly CostComparison[], index: number): number {
  const scenario = costs[index]?.scenario;
  if (costs[index - 1]?.scenario === scenario) return 0;
  const length = costs.slice(index).findIndex((one) => one.scenario !== scenario);
  return length < 0 ? costs.length - index : length;
}

interface RowOptions {
  comparison: Comparison;
  isJudged: boolean;
  /** Absent where the rows are not by scenario. */
  scenarioRows: number | undefined;
}

function Row(
  { cost, scenario, a, b, ratio, word }: CostComparison,
  { comparison, isJudged, scenarioRows }: RowOptions,
) {
  const { title, unit } = COSTS[cost];
  return (
    <tr>
      {scenarioRows === undefined || scenarioRows === 0 ? null : (
        <th scope="rowgroup" rowSpan={scenarioRows}>
          <code>{nameOf(scenario)}</code>
        </th>
      )}
      <th scope="row">{title}</th>
      {isJudged ? (
        <td data-title="result" class={word === undefined ? 'quiet' : WORD_CLASSES[word]}>
          {word ?? 'not judged'}
        </td>
      ) : null}
      <td class="number" data-title={nameOf(comparison.a)}>
        {Median(a, unit)}
      </td>
      <td class="number" data-title={nameOf(comparison.b)}>
        {Median(b, unit)}
      </td>
      <td class="number" data-title="ratio">
        {ratio === undefined ? (
          '–'
        ) : (
          <>
            × {factor(ratio.estimate)}
            <small>
              {factor(ratio.interval.low)} to {factor(ratio.interval.high)}
            </small>
          </>
        )}
      </td>
      <td class="number" data-title="pairs of runs">
        {a.runs}
      </td>
    </tr>
  );
}

function Median({ median, interval: { low, high } }: CostMedian, unit: string) {
  return (
    <>
      {amount(median, unit)}
      <small>
        {amount(low, '')} to {amount(high, '')}
      </small>
    </>
  );
}
