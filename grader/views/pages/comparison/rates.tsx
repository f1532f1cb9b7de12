/** How often both fail: a picture of what differs or fails at all, a table with the numbers, and what they mean. */

import type {
  Comparison,
  ComparisonWord,
  ScenarioComparison,
} from '../../../studies/compare/comparison.js';
import { percent } from '../../../text/count.js';
import { RatesChart } from './rates-chart.js';
import { RatesTable } from './rates-table.js';
import { nameOf, sure } from './comparison-words.js';

const ORDER: readonly ComparisonWord[] = ['worse', 'undecided', 'better', 'no difference seen'];

export function Rates({ comparison }: { comparison: Comparison }) {
  const { scenarios } = comparison;
  const shown = worstFirst(scenarios.filter(isWorthALine));
  const quiet = scenarios.filter((one) => !isWorthALine(one));
  return (
    <section aria-labelledby="rates">
      <h2 id="rates">Failure rates</h2>
      {shown.length === 0 ? null : (
        <>
          <RatesChart comparison={comparison} scenarios={shown} />
          <RatesTable comparison={comparison} scenarios={shown} />
          <Explanation comparison={comparison} />
        </>
      )}
      {quiet.length === 0 ? null : <Quiet scenarios={quiet} />}
      {scenarios.length === 0 ? <p>No scenario was run by both.</p> : null}
    </section>
  );
}

function isWorthALine({ word, a, b }: ScenarioComparison): boolean {
  return word !== 'no difference seen' || a.failed + b.failed > 0;
}

function worstFirst(scenarios: readonly ScenarioComparison[]): ScenarioComparison[] {
  const place = ({ word }: ScenarioComparison) => ORDER.indexOf(word);
  const size = ({ difference }: ScenarioComparison) => difference?.estimate ?? 0;
  return scenarios.toSorted((x, y) => place(x) - place(y) || size(y) - size(x));
}

/** Where neither failed, only a bound is known. */
function Quiet({ scenarios }: { scenarios: readonly ScenarioComparison[] }) {
  const bound = Math.max(...scenarios.map(({ difference }) => difference?.noWorseThan ?? 1));
  const [first] = scenarios.flatMap(({ difference }) => difference ?? []);
  const confidence = first === undefined ? '' : ` (${sure(first.confidence)}, for each)`;
  return (
    <details class="quiet-scenarios">
      <summary>
        Neither failed in {scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`}
        {': '}the failure rate rises by at most {percent(bound)} percentage points{confidence}
      </summary>
      <p>{scenarios.map(({ scenario }) => nameOf(scenario)).join(', ')}</p>
    </details>
  );
}

function Explanation({ comparison }: { comparison: Comparison }) {
  const { a, b, scenarios, significance } = comparison;
  const tests = new Set(scenarios.flatMap(({ difference }) => difference?.test ?? []));
  const test = [...tests]
    .map((name) => (name === 'boschloo' ? 'Boschloo’s' : 'Fisher’s'))
    .join(' or ');
  return (
    <details>
      <summary>How to read this</summary>
      <ul>
        <li>
          <b>Difference</b>: the failure rate of {nameOf(b)} minus the failure rate of {nameOf(a)},
          in percentage points, with Newcombe’s interval. If the interval contains 0, the runs do
          not show which one fails more often.
        </li>
        <li>
          <b>Worse by at most</b>: an upper bound for the difference. If it is negative, {nameOf(b)}{' '}
          fails less often.
        </li>
        <li>
          <b>p-value</b>: how often two submissions with equal failure rates would show a difference
          of at least this size ({test} exact test). It is not the probability that the rates are
          equal.
        </li>
        <li>
          <b>Corrected p-value</b>: the p-value after Holm’s correction for comparing several
          scenarios. A difference counts if it is at most {percent(significance)} %.
        </li>
      </ul>
    </details>
  );
}
