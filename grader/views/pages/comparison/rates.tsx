/** How often both fail: a picture of what differs or fails at all, a table with the numbers, and what they mean. */

import type {
  Comparison,
  ComparisonWord,
  ScenarioComparison,
} from '../../../studies/compare/comparison.js';
import { percent } from '../../../text/count.js';
import { RatesChart } from './rates-chart.js';
import { RatesTable } from './rates-table.js';
import { nameOf, sure } from './words.js';

const ORDER: readonly ComparisonWord[] = ['worse', 'undecided', 'better', 'no difference seen'];

export function Rates({ comparison }: { comparison: Comparison }) {
  const { scenarios } = comparison;
  const shown = worstFirst(scenarios.filter(isWorthALine));
  const quiet = scenarios.filter((one) => !isWorthALine(one));
  return (
    <section aria-labelledby="rates">
      <h2 id="rates">How often they fail</h2>
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

/** Where neither failed, all that can be said is a bound. */
function Quiet({ scenarios }: { scenarios: readonly ScenarioComparison[] }) {
  const bound = Math.max(...scenarios.map(({ difference }) => difference?.noWorseThan ?? 1));
  const [first] = scenarios.flatMap(({ difference }) => difference ?? []);
  const confidence = first === undefined ? '' : ` (${sure(first.confidence)}, for each)`;
  return (
    <details class="quiet-scenarios">
      <summary>
        Neither failed in {scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`}
        {': '}a failure rate that is higher by more than {percent(bound)} % is ruled out{confidence}
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
          <b>Difference</b> is the failure rate of {nameOf(b)} less that of {nameOf(a)}, in
          percentage points, with Newcombe’s interval. If the interval holds 0, the runs do not tell
          which of them fails more often.
        </li>
        <li>
          <b>No worse than</b>: the failure rate of {nameOf(b)} is higher by no more than this; a
          negative number means that it is surely lower.
        </li>
        <li>
          <b>By chance</b>: how often two submissions that fail equally often would show at least so
          large a difference in so many runs ({test} exact test). It is not the probability that
          they are equal.
        </li>
        <li>
          <b>Corrected</b>: the same after Holm’s correction, since the more scenarios are compared,
          the more of them differ by chance. A difference counts if this is at most{' '}
          {percent(significance)} %.
        </li>
      </ul>
    </details>
  );
}
