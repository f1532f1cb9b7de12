/** How often each scenario has failed; the failing ones first. */

import { count, percent, percentRange } from '../../../text/count.js';
import type { ScenarioRow, StudentPage } from '../student-model.js';
import { DataTable, type Column } from '../data-table.js';
import { IntervalBar } from './interval-bar.js';

/** So many scenarios are shown without being asked for. */
const FEW = 12;

export function Scenarios({ page }: { page: StudentPage }) {
  const failing = page.scenarios.filter(({ failed }) => failed > 0);
  const others = page.scenarios.filter(({ failed }) => failed === 0);
  const graded = page.scenarios.some(({ grade }) => grade !== undefined);
  return (
    <section>
      <h2>Scenarios</h2>
      {failing.length === 0 ? null : (
        <ScenarioTable rows={failing} graded={graded} label="Scenarios that failed" />
      )}
      {others.length === 0 ? null : (
        <details open={page.scenarios.length <= FEW}>
          <summary>{count(others.length, 'scenario')} without a failure</summary>
          <ScenarioTable rows={others} graded={graded} label="Scenarios without a failure" />
        </details>
      )}
      {page.leftOut.length === 0 ? null : (
        <p class="quiet">
          Not run, because your service does not offer their operations: {page.leftOut.join(', ')}.
        </p>
      )}
    </section>
  );
}

interface TableProps {
  rows: readonly ScenarioRow[];
  graded: boolean;
  label: string;
}

function ScenarioTable({ rows, graded, label }: TableProps) {
  const columns = graded ? [...COLUMNS, POINTS] : COLUMNS;
  return <DataTable label={label} frame="" look="scenarios cards" rows={rows} columns={columns} />;
}

const WORD_CLASSES: Record<ScenarioRow['word'], string> = {
  solid: 'pass',
  flaky: 'fail',
  broken: 'fail',
  undecided: 'unknown',
};

const COLUMNS: readonly Column<ScenarioRow>[] = [
  {
    title: 'scenario',
    cell: ({ scenario, title, anchor }) => (
      <>
        {anchor === undefined ? scenario : <a href={`#${anchor}`}>{scenario}</a>}
        <span class="title">{title}</span>
      </>
    ),
  },
  { title: 'result', look: ({ word }) => WORD_CLASSES[word], cell: ({ word }) => word },
  {
    title: 'failed',
    isNumber: true,
    cell: ({ failed, usable, unknown }) => (
      <>
        {failed} of {usable}
        {unknown === 0 ? null : <span class="title">{unknown} unknown</span>}
      </>
    ),
  },
  {
    title: 'failure rate, 95 % interval',
    cell: ({ rate }) => (
      <>
        <IntervalBar rate={rate} />
        <span class="rate">
          {rate.estimate === null
            ? 'not known'
            : `${percent(rate.estimate)} % (${percentRange(rate.low, rate.high)})`}
        </span>
      </>
    ),
  },
];

const POINTS: Column<ScenarioRow> = {
  title: 'points',
  isNumber: true,
  cell: ({ grade }) => (grade === undefined ? '–' : `${grade.points} / ${grade.maxPoints}`),
};
