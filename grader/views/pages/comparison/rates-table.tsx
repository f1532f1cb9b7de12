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
      <table class="numbers cards">
        <thead>
          <tr>
            <th scope="col">scenario</th>
            <th scope="col">result for {nameOf(b)}</th>
            <th scope="col" class="number">
              failed runs of {nameOf(a)}
            </th>
            <th scope="col" class="number">
              failed runs of {nameOf(b)}
            </th>
            <th scope="col" class="number">
              difference in points ({confidence} interval)
            </th>
            <th scope="col" class="number">
              worse by at most, points
            </th>
            <th scope="col" class="number">
              p-value
            </th>
            <th scope="col" class="number">
              corrected p-value
            </th>
          </tr>
        </thead>
        <tbody>{scenarios.map((one) => Row(one, comparison))}</tbody>
      </table>
    </div>
  );
}

function Row(
  { scenario, word, a, b, difference }: ScenarioComparison,
  { a: one, b: other }: Comparison,
) {
  return (
    <tr>
      <th scope="row">
        <code>{nameOf(scenario)}</code>
      </th>
      <td class={WORD_CLASSES[word]} data-title="result">
        {word}
      </td>
      <td class="number" data-title={nameOf(one)}>
        {Rate(a)}
      </td>
      <td class="number" data-title={nameOf(other)}>
        {Rate(b)}
      </td>
      {difference === undefined ? (
        <td colSpan={4} class="quiet">
          no usable run of one of them
        </td>
      ) : (
        <>
          <td class="number" data-title="difference in points">
            {signed(difference.estimate)}
            <small>
              {signed(difference.interval.low)} to {signed(difference.interval.high)}
            </small>
          </td>
          <td class="number" data-title="worse by at most, points">
            {signed(difference.noWorseThan)}
          </td>
          <td class="number" data-title="p-value">
            {chance(difference.probability)}
          </td>
          <td class="number" data-title="corrected p-value">
            {chance(difference.corrected)}
          </td>
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
