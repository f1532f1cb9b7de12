/** The scenarios as items of an exam: a chart of their difficulty and discrimination, and a table that can be sorted. */

import * as Plot from '@observablehq/plot';
import { findScenario, TIER_ORDER } from '../../../../harness/index.js';
import { prevalenceOf, readPrevalence } from '../../../measured/prevalence.js';
import { Chart } from '../chart.js';
import { DataTable, type Column } from '../data-table.js';
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
        the scenario; <strong>public</strong>: of the public submissions on which it was measured (
        {readPrevalence().measuredAt}), those that fail it; <strong>only here</strong>: those that
        fail no other scenario.
      </p>
      <ItemChart items={items} />
      <DataTable
        label="Scenario statistics"
        id="item-table"
        frame="box tall"
        rows={items}
        columns={COLUMNS}
        isSortable
      />
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

const COLUMNS: readonly Column<Item>[] = [
  { title: 'Scenario', cell: ({ scenario }) => <code>{scenario}</code> },
  {
    title: 'Tier',
    value: ({ scenario }) => rankOf(scenario),
    cell: ({ scenario }) => findScenario(scenario)?.tier ?? '–',
  },
  share('Mean score', ({ meanShare }) => meanShare, wholePercent),
  share(
    'Discrimination',
    ({ discrimination }) => discrimination,
    (value) => value?.toFixed(2).replace('-', '−') ?? '–',
  ),
  number('Failing', ({ catches }) => catches, String),
  {
    title: 'Public',
    isNumber: true,
    value: ({ scenario }) => {
      const found = prevalenceOf(scenario);
      return found === undefined ? -Infinity : found.failed / found.tried;
    },
    cell: ({ scenario }) => {
      const found = prevalenceOf(scenario);
      return found === undefined ? 'not measured' : `${found.failed} of ${found.tried}`;
    },
  },
  number('Only here', ({ catchesAlone }) => catchesAlone, String),
  share('Unknown', ({ unknownShare }) => unknownShare, wholePercent),
  number(
    'Seconds per run',
    ({ meanMs }) => meanMs,
    (ms) => (ms === null ? '–' : (ms / 1000).toFixed(1)),
  ),
  { title: 'Remarks', cell: doubtsOf },
];

/** Its place in the order of the tiers; last without one. */
function rankOf(scenario: string): number {
  const tier = findScenario(scenario)?.tier;
  return tier === undefined ? TIER_ORDER.length : TIER_ORDER.indexOf(tier);
}

type ValueOf = (item: Item) => number | null;
type TextOf = (value: number | null) => string;

function number(title: string, valueOf: ValueOf, textOf: TextOf): Column<Item> {
  return {
    title,
    isNumber: true,
    value: (item) => valueOf(item) ?? -Infinity,
    cell: (item) => textOf(valueOf(item)),
  };
}

/** A number with a bar beside it: from 0 to 1, and empty below. */
function share(title: string, valueOf: ValueOf, textOf: TextOf): Column<Item> {
  return {
    ...number(title, valueOf, textOf),
    cell: (item) => (
      <>
        <svg class="bar" viewBox="0 0 40 8" width="40" height="8" aria-hidden="true">
          <rect width="40" height="8" class="bar-room" />
          <rect
            width={(Math.max(0, valueOf(item) ?? 0) * 40).toFixed(1)}
            height="8"
            class="bar-fill"
          />
        </svg>{' '}
        {textOf(valueOf(item))}
      </>
    ),
  };
}

/** The remarks on a scenario; at most two of the scenarios that catch the same are named. */
function doubtsOf({ doubts, sameAs }: Item): string {
  const others = sameAs.slice(0, 2).join(', ') + (sameAs.length > 2 ? ', …' : '');
  const all = doubts.map((one) => (one.endsWith('another') ? `${one}: ${others}` : one));
  return all.join('; ');
}

function wholePercent(value: number | null): string {
  return value === null ? '–' : `${Math.round(value * 100)} %`;
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
