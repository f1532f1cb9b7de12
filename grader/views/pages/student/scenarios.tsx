/** How often each scenario has failed, those that did so at all before the others. */

import { count, percent, percentRange } from '../../../text/count.js';
import type { ScenarioRow, StudentPage } from '../student-model.js';
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
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class="scenarios cards">
        <thead>
          <tr>
            <th scope="col">scenario</th>
            <th scope="col">result</th>
            <th scope="col" class="number">
              failed
            </th>
            <th scope="col">failure rate, 95 % interval</th>
            {graded ? (
              <th scope="col" class="number">
                points
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RowOf row={row} graded={graded} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowOf({ row, graded }: { row: ScenarioRow; graded: boolean }) {
  const { scenario, title, anchor, word, failed, usable, unknown, rate, grade } = row;
  return (
    <tr>
      <th scope="row">
        {anchor === undefined ? scenario : <a href={`#${anchor}`}>{scenario}</a>}
        <span class="title">{title}</span>
      </th>
      <td class={WORD_CLASSES[word]} data-title="result">
        {word}
      </td>
      <td class="number" data-title="failed">
        {failed} of {usable}
        {unknown === 0 ? null : <span class="title">{unknown} unknown</span>}
      </td>
      <td data-title="failure rate">
        <IntervalBar rate={rate} />
        <span class="rate">
          {rate.estimate === null
            ? 'not known'
            : `${percent(rate.estimate)} % (${percentRange(rate.low, rate.high)})`}
        </span>
      </td>
      {graded ? (
        <td class="number" data-title="points">
          {grade === undefined ? '–' : `${grade.points} / ${grade.maxPoints}`}
        </td>
      ) : null}
    </tr>
  );
}

const WORD_CLASSES: Record<ScenarioRow['word'], string> = {
  solid: 'pass',
  flaky: 'fail',
  broken: 'fail',
  undecided: 'unknown',
};
