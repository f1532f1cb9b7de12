/** The numbers behind the picture of the failure rates. */

import type { Comparison, ScenarioComparison } from '../../../studies/compare/comparison.js';
import { percent, percentRange } from '../../../text/count.js';
import { CONFIDENCE } from '../../../statistics/clopper-pearson.js';
import type { ScenarioTally } from '../../../tally/tally.js';
import { chance, nameOf, signed, sure, WORD_CLASSES } from './words.js';

export function RatesTable({
  comparison,
  scenarios,
}: {
  comparison: Comparison;
  scenarios: readonly ScenarioComparison[];
}) {
  const { a, b } = comparison;
  const [first] = scenarios.flatMap(({ difference }) => difference ?? []);
  const confidence = sure(first?.confidence ?? CONFIDENCE);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of failure rates">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">scenario</th>
            <th scope="col">{nameOf(b)} is</th>
            <th scope="col" class="number">
              {nameOf(a)} fails
            </th>
            <th scope="col" class="number">
              {nameOf(b)} fails
            </th>
            <th scope="col" class="number">
              difference, points ({confidence})
            </th>
            <th scope="col" class="number">
              no worse than, points
            </th>
            <th scope="col" class="number">
              by chance
            </th>
            <th scope="col" class="number">
              corrected
            </th>
          </tr>
        </thead>
        <tbody>{scenarios.map((one) => Row(one))}</tbody>
      </table>
    </div>
  );
}

function Row({ scenario, word, a, b, difference }: ScenarioComparison) {
  return (
    <tr>
      <th scope="row">
        <code>{nameOf(scenario)}</code>
      </th>
      <td class={WORD_CLASSES[word]}>{word}</td>
      <td class="number">{Rate(a)}</td>
      <td class="number">{Rate(b)}</td>
      {difference === undefined ? (
        <td colSpan={4} class="quiet">
          no run of one of them can be judged
        </td>
      ) : (
        <>
          <td class="number">
            {signed(difference.estimate)}
            <small>
              {signed(difference.interval.low)} to {signed(difference.interval.high)}
            </small>
          </td>
          <td class="number">{signed(difference.noWorseThan)}</td>
          <td class="number">{chance(difference.probability)}</td>
          <td class="number">{chance(difference.corrected)}</td>
        </>
      )}
    </tr>
  );
}

function Rate({ failed, passed, unknown, failureRate: { estimate, low, high } }: ScenarioTally) {
  return (
    <>
      {failed} of {failed + passed}
      <small>
        {estimate === null ? '' : `${percent(estimate)} % (${percentRange(low, high)})`}
        {unknown === 0 ? '' : `; ${unknown} unknown`}
      </small>
    </>
  );
}
