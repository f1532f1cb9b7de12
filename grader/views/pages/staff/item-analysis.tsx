/** The scenarios as items of an exam: a chart of their difficulty and discrimination, and a table that can be sorted. */

import * as Plot from '@observablehq/plot';
import { Chart } from '../chart.js';
import { CHANCE, ENOUGH_SUBMISSIONS, type Item } from './item-statistics.js';
import { counted, Section } from './section.js';

export interface ItemAnalysisProps {
  items: readonly Item[];
  submissions: number;
  graded: boolean;
}

export function ItemAnalysis({ items, submissions, graded }: ItemAnalysisProps) {
  return (
    <Section id="items" title="Scenario statistics">
      <p>
        <strong>Mean score</strong>: mean share of{' '}
        {graded ? 'the points that submissions earn' : 'runs that pass'}.{' '}
        <strong>Discrimination</strong>: correlation with the sum of all other scenarios, from −1 to
        1. {whatChanceDoes(submissions)} <strong>Failing</strong>: number of submissions that fail
        the scenario; <strong>only here</strong>: those that fail no other scenario.
      </p>
      <ItemChart items={items} />
      <div class="scroll box tall" tabIndex={0} role="region" aria-label="Scenario statistics">
        <table class="wide" id="item-table" data-sortable>
          <thead>
            <tr>
              {COLUMNS.map(({ title, number }) => (
                <th scope="col" class={number ? 'number' : undefined}>
                  <button type="button">{title}</button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{items.map((item) => Line(item))}</tbody>
        </table>
      </div>
    </Section>
  );
}

function whatChanceDoes(submissions: number): string {
  const chance = CHANCE / Math.sqrt(Math.max(1, submissions));
  if (submissions < ENOUGH_SUBMISSIONS) {
    return `With ${counted(submissions, 'submission')} (fewer than ${ENOUGH_SUBMISSIONS}), it is little more than chance.`;
  }
  return `With ${counted(submissions, 'submission')}, chance alone gives correlations of up to ±${chance.toFixed(2)}.`;
}

const COLUMNS = [
  { title: 'Scenario', number: false },
  { title: 'Mean score', number: true },
  { title: 'Discrimination', number: true },
  { title: 'Failing', number: true },
  { title: 'Only here', number: true },
  { title: 'Unknown', number: true },
  { title: 'Seconds per run', number: true },
  { title: 'Remarks', number: false },
] as const;

function Line(item: Item) {
  const { scenario, meanShare, discrimination, catches, catchesAlone, unknownShare, meanMs } = item;
  return (
    <tr>
      <th scope="row">
        <code>{scenario}</code>
      </th>
      <Amount value={meanShare} text={wholePercent(meanShare)} bar={meanShare ?? 0} />
      <Amount
        value={discrimination}
        text={discrimination?.toFixed(2).replace('-', '−') ?? '–'}
        bar={Math.max(0, discrimination ?? 0)}
      />
      <Amount value={catches} text={String(catches)} />
      <Amount value={catchesAlone} text={String(catchesAlone)} />
      <Amount value={unknownShare} text={wholePercent(unknownShare)} bar={unknownShare} />
      <Amount value={meanMs} text={meanMs === null ? '–' : (meanMs / 1000).toFixed(1)} />
      <td data->{doubtsOf(item)}</td>
    </tr>
  );
}

interface AmountProps {
  /** What the table is sorted by. */
  value: number | null;
  text: string;
  /** Length of a bar beside it, from 0 to 1. */
  bar?: number;
}

function Amount({ value, text, bar }: AmountProps) {
  return (
    <td class="number" data-value={value ?? -Infinity}>
      {bar === undefined ? null : (
        <svg class="bar" viewBox="0 0 40 8" width="40" height="8" aria-hidden="true">
          <rect width="40" height="8" class="bar-room" />
          <rect width={(bar * 40).toFixed(1)} height="8" class="bar-fill" />
        </svg>
      )}{' '}
      {text}
    </td>
  );
}

/** Of the scenarios that catch the same, two are named. */
function doubtsOf({ doubts, sameAs }: Item): string {
  const others = sameAs.slice(0, 2).join(', ') + (sameAs.length > 2 ? ', …' : '');
  const all = doubts.map((one) => (one.endsWith('another') ? `${one}: ${others}` : one));
  return all.join('; ');
}

function wholePercent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

function ItemChart({ items }: { items: readonly Item[] }) {
  const known = items.filter(({ discrimination }) => discrimination !== null);
  if (known.length < 2) return null;
  const weak = known.filter(({ doubts }) => doubts.length > 0).length;
  const isDoubtful = (item: Item) => item.doubts.length > 0;
  return (
    <Chart
      label={`${counted(known.length, 'scenario')} by mean score and discrimination; ${weak} with remarks.`}
      width={900}
      height={300}
      marginTop={25}
      marginBottom={45}
      marginLeft={60}
      x={{ label: 'mean score, %', domain: [0, 100] }}
      y={{ label: 'discrimination', grid: true, ticks: 5 }}
      symbol={{ domain: [true, false], range: ['square', 'circle'] }}
      marks={[
        Plot.ruleY([0], { stroke: 'var(--rule)' }),
        Plot.dot(known, {
          x: ({ meanShare }: Item) => (meanShare ?? 0) * 100,
          y: 'discrimination',
          symbol: isDoubtful,
          stroke: (item: Item) => (isDoubtful(item) ? 'var(--fail)' : 'var(--pass)'),
          title: 'scenario',
        }),
      ]}
    />
  );
}
