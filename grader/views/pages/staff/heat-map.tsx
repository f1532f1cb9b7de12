/**
 * Students × scenarios as a table that can be read without its script, which adds sorting, filters, details and the
 * keyboard. Its markup is short, since there may be twenty thousand cells.
 */

import type { ScenarioTally } from '../../../tally/tally.js';
import { STATUS_WORDS } from '../../../tally/ungradable.js';
import { cellOf } from './cell.js';
import type { ClassTable, StudentRow } from './class-model.js';
import { points, Section } from './section.js';

export interface HeatMapProps {
  table: ClassTable;
  /** Whether there are points to show. */
  graded: boolean;
  /** Names of the parts of the rubric. */
  parts: readonly string[];
  /** Titles of the groups of like failures. */
  groups: readonly string[];
}

export function HeatMap({ table, graded, parts, groups }: HeatMapProps) {
  return (
    <Section id="heat" title="Students and scenarios">
      <p>
        A number is the failure rate in percent, its colour the same, and the colour is the stronger
        the narrower the 95 % interval. At first, students and scenarios that fail alike are beside
        each other.
      </p>
      <Legend />
      <Controls graded={graded} parts={parts} groups={groups} />
      <div class="heat-box">
        <table id="heat-table" class="heat" style={`--scenarios: ${table.scenarios.length}`}>
          <caption class="visually-hidden">
            Failure rates in percent: a row for each student, a column for each scenario
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <button type="button" data-sort="name">
                  Student
                </button>
              </th>
              {graded ? (
                <th scope="col" class="p">
                  <button type="button" data-sort="points">
                    Points
                  </button>
                </th>
              ) : null}
              {table.scenarios.map((scenario) => (
                <th scope="col">
                  <button type="button">{scenario}</button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{table.rows.map((row) => Row(row, table.scenarios, graded))}</tbody>
        </table>
      </div>
      <p id="heat-details" class="details" role="status">
        Point at a cell, or move through the table with the arrow keys, to see what is behind it.
      </p>
    </Section>
  );
}

function Row(
  { label, href, submission, tallies }: StudentRow,
  scenarios: readonly string[],
  graded: boolean,
) {
  return (
    <tr>
      <th scope="row" title={label}>
        <a href={href}>{label}</a>
        {submission.ungradable === undefined ? null : (
          <span class="quiet"> {STATUS_WORDS[submission.status?.kind ?? 'not-understood']}</span>
        )}
      </th>
      {graded ? <td class="p">{points(submission.grade?.points ?? 0)}</td> : null}
      {scenarios.map((scenario) => CellOf(tallies.get(scenario)))}
    </tr>
  );
}

function CellOf(tally: ScenarioTally | undefined) {
  const { text, look } = cellOf(tally);
  return <td class={look}>{text}</td>;
}

const LEGEND = [
  ['r0 s3', '0', 'never fails'],
  ['r1 s3', '3', 'up to 5 %'],
  ['r2 s3', '12', 'up to 20 %'],
  ['r3 s3', '40', 'up to 50 %'],
  ['r4 s3', '70', 'above'],
  ['r5 s3', '100', 'always fails'],
  ['r3 s2', '40', 'interval wider than 20 points'],
  ['r3 s1', '40', 'wider than 35'],
  ['u r2 s1', '20?', 'undecided: fewer than 10 usable runs'],
  ['u', '?', 'no usable run'],
  ['x', '–', 'not run'],
] as const;

function Legend() {
  return (
    <ul class="legend" aria-label="Legend">
      {LEGEND.map(([look, text, meaning]) => (
        <li>
          <span class={look}>{text}</span> {meaning}
        </li>
      ))}
    </ul>
  );
}

function Controls({ graded, parts, groups }: Omit<HeatMapProps, 'table'>) {
  return (
    <form class="controls no-print" id="heat-controls" hidden>
      <Choice
        name="rows"
        label="Students in the order of"
        options={['likeness', 'name', ...(graded ? ['points'] : []), 'failures']}
      />
      <Choice
        name="columns"
        label="Scenarios in the order of"
        options={['likeness', 'plan', 'name', 'failures']}
      />
      <label>
        Student{' '}
        <input
          type="search"
          name="student"
          size={14}
          autocomplete="off"
          placeholder="part of a name"
        />
      </label>
      <label>
        Scenario{' '}
        <input
          type="search"
          name="scenario"
          size={14}
          autocomplete="off"
          placeholder="part of an id"
        />
      </label>
      {parts.length < 2 ? null : <Numbered name="part" label="Part" all="all" options={parts} />}
      {groups.length === 0 ? null : (
        <Numbered name="group" label="Failing alike" all="everything" options={groups} />
      )}
      <button type="reset">Show everything</button>
      <output id="heat-count" />
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly string[];
}

function Choice({ name, label, options }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        {options.map((one) => (
          <option value={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

function Numbered({ name, label, all, options }: ChoiceProps & { all: string }) {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">{all}</option>
        {options.map((one, index) => (
          <option value={index}>{one}</option>
        ))}
      </select>
    </label>
  );
}
