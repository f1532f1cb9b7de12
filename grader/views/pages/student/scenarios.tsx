/** How often each scenario has failed; the failing ones first, by tier. */

import { TIER_ORDER, TIERS } from '../../../../harness/index.js';
import { countTiers, describeTierCounts } from '../../../tally/tier-counts.js';
import { count, percent, percentRange } from '../../../text/count.js';
import type { ScenarioRow, StudentPage } from '../student-model.js';
import { DataTable, type Column } from '../data-table.js';
import { IntervalBar } from './interval-bar.js';

/** So many scenarios are shown without being asked for. */
const FEW = 12;

export function Scenarios({ page }: { page: StudentPage }) {
  const failing = page.scenarios.filter(({ failed }) => failed > 0);
  const others = page.scenarios.filter(({ failed, end }) => failed === 0 && end !== 'not-run');
  const notRun = page.scenarios.filter(({ end }) => end === 'not-run');
  const graded = page.scenarios.some(({ grade }) => grade !== undefined);
  return (
    <section>
      <h2>Scenarios</h2>
      <Tiers rows={page.scenarios} />
      {[...TIER_ORDER, undefined].map((tier) => {
        const rows = failing.filter((one) => one.tier === tier);
        if (rows.length === 0) return null;
        const label = `Scenarios that failed${tier === undefined ? '' : `: ${tier}`}`;
        return <ScenarioTable rows={rows} graded={graded} label={label} />;
      })}
      {others.length === 0 ? null : (
        <details open={page.scenarios.length <= FEW}>
          <summary>{count(others.length, 'scenario')} without a failure</summary>
          <ScenarioTable rows={others} graded={graded} label="Scenarios without a failure" />
        </details>
      )}
      {notRun.length === 0 ? null : <NotRun rows={notRun} />}
      {page.leftOut.length === 0 ? null : (
        <p class="quiet">
          Not run, because your service does not offer their operations: {page.leftOut.join(', ')}.
        </p>
      )}
    </section>
  );
}

/** How many scenarios of each tier have no failure, and what the tiers mean. */
function Tiers({ rows }: { rows: readonly ScenarioRow[] }) {
  const counts = countTiers(rows);
  if (counts.length === 0) return null;
  return (
    <>
      <p class="tiers">
        Scenarios without a failure: <strong>{describeTierCounts(counts)}</strong>.
      </p>
      <dl class="tiers quiet">
        {counts.map(({ tier }) => (
          <>
            <dt>{tier}</dt>
            <dd>{TIERS[tier]}</dd>
          </>
        ))}
      </dl>
    </>
  );
}

/** Nothing is known of them, so they are only named. */
function NotRun({ rows }: { rows: readonly ScenarioRow[] }) {
  return (
    <details>
      <summary>{count(rows.length, 'scenario')} not run</summary>
      <ul>
        {rows.map(({ scenario, title }) => (
          <li>
            {scenario} <span class="quiet">{title}</span>
          </li>
        ))}
      </ul>
    </details>
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
  { title: 'tier', cell: ({ tier = '–' }) => tier },
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
