/** The numbers behind the picture of the failure rates. */

import type { ComponentChildren } from 'preact';
import type { Comparison, ScenarioComparison } from '../../../studies/compare/comparison.js';
import { percent, percentRange } from '../../../text/count.js';
import { CONFIDENCE } from '../../../statistics/clopper-pearson.js';
import type { ScenarioTally } from '../../../tally/scenario-tally.js';
import { DataTable, type Column } from '../data-table.js';
import { chance, nameOf, signed, sure, WORD_CLASSES } from './comparison-words.js';

interface RatesTableProps {
  comparison: Comparison;
  scenarios: readonly ScenarioComparison[];
}

export function RatesTable({ comparison, scenarios }: RatesTableProps) {
  const [first] = scenarios.flatMap(({ difference }) => difference ?? []);
  return (
    <DataTable
      label="Table of failure rates"
      frame=""
      look="numbers cards"
      rows={scenarios}
      columns={columnsOf(comparison, sure(first?.confidence ?? CONFIDENCE))}
    />
  );
}

function columnsOf({ a, b }: Comparison, confidence: string): Column<ScenarioComparison>[] {
  return [
    { title: 'scenario', cell: ({ scenario }) => <code>{nameOf(scenario)}</code> },
    {
      title: `result for ${nameOf(b)}`,
      look: ({ word }) => WORD_CLASSES[word],
      cell: ({ word }) => word,
    },
    { title: `failed runs of ${nameOf(a)}`, isNumber: true, cell: (one) => Rate(one.a) },
    { title: `failed runs of ${nameOf(b)}`, isNumber: true, cell: (one) => Rate(one.b) },
    compared(
      `difference in percentage points (${confidence} interval)`,
      ({ estimate, interval }) => (
        <>
          {signed(estimate)}
          <small>
            {signed(interval.low)} to {signed(interval.high)}
          </small>
        </>
      ),
    ),
    compared('worse by at most, % points', ({ noWorseThan }) => signed(noWorseThan)),
    compared('p-value', ({ probability }) => chance(probability)),
    compared('corrected p-value', ({ corrected }) => chance(corrected)),
  ];
}

/** Without a usable run of one of them there is no difference. */
function compared(
  title: string,
  cell: (difference: NonNullable<ScenarioComparison['difference']>) => ComponentChildren,
): Column<ScenarioComparison> {
  return {
    title,
    isNumber: true,
    cell: ({ difference }) => (difference === undefined ? 'no usable run' : cell(difference)),
  };
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
