/**
 * A comparison for a terminal: the answer first, then the scenarios in which anything failed, the worst first, then
 * the costs of the runs that both passed. Text in, text out.
 */

import {
  ALL_SCENARIOS,
  type Comparison,
  type ComparisonWord,
  type CostComparison,
  type CostMedian,
  type ScenarioComparison,
} from '../../studies/compare/comparison.js';
import { COSTS } from '../../studies/compare/cost-words.js';
import { factor } from '../../studies/compare/describe-comparison.js';
import { percent } from '../../text/count.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { CONFIDENCE } from '../../statistics/clopper-pearson.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { paperFor, report, sentence, type Paper, type PaperOptions } from './terminal-layout.js';

/** A name above a column of numbers. */
const HEAD_LENGTH = 14;
/** Digits of a cost that tell anything. */
const DIGITS = 3;
const SURE = `${percent(CONFIDENCE).replace(/\.0$/, '')} %`;

const WORD_COLORS = {
  worse: 'red',
  better: 'green',
  'no difference seen': 'dim',
  undecided: 'yellow',
} as const satisfies Record<ComparisonWord, string>;
/** The words for a narrow column. */
const SHORT: Record<ComparisonWord, string> = {
  worse: 'worse',
  better: 'better',
  'no difference seen': 'not seen',
  undecided: 'undecided',
};
const ORDER: readonly ComparisonWord[] = ['worse', 'undecided', 'better', 'no difference seen'];

/** The report, with a line feed at its end. */
export function renderComparison(comparison: Clean<Comparison>, options: PaperOptions): string {
  const paper = paperFor(options);
  const { palette } = paper;
  const fit = (texts: readonly string[]) => texts.flatMap((text) => sentence(text, paper));
  const { scenarios, verdict } = comparison;
  const shown = scenarios.filter((one) => one.word !== 'no difference seen' || hasFailed(one));
  const quiet = scenarios.filter((one) => !shown.includes(one));
  const costs = comparison.costs.filter(({ scenario }) => scenario === ALL_SCENARIOS);
  return report([
    fit([comparison.says]).map(verdict === 'worse' ? palette.red : palette.bold),
    shown.length === 0 ? [] : renderRates(comparison, worstFirst(shown), paper),
    fit(quiet.length === 0 ? [] : [describeQuiet(quiet)]),
    costs.length === 0 ? [] : renderCosts(comparison, costs, paper),
    fit(notesOn(comparison, costs)),
  ]);
}

function hasFailed({ a, b }: Clean<ScenarioComparison>): boolean {
  return a.failed + b.failed > 0;
}

function worstFirst(scenarios: readonly Clean<ScenarioComparison>[]): Clean<ScenarioComparison>[] {
  const place = ({ word }: Clean<ScenarioComparison>) => ORDER.indexOf(word);
  const size = ({ difference }: Clean<ScenarioComparison>) => difference?.estimate ?? 0;
  return scenarios.toSorted((x, y) => place(x) - place(y) || size(y) - size(x));
}

function renderRates(
  { a, b }: Clean<Comparison>,
  scenarios: readonly Clean<ScenarioComparison>[],
  paper: Paper,
): string[] {
  return renderRows(scenarios, paper, [
    {
      title: 'failed',
      text: ({ scenario }) => shorten(scenario, LENGTHS.cell),
      flexible: true,
    },
    wordColumn(paper),
    { title: nameOf(a), text: (one) => runsOf(one.a), align: 'right' },
    { title: nameOf(b), text: (one) => runsOf(one.b), align: 'right' },
    {
      title: `by how much (${SURE})`,
      text: ({ difference }) => (difference === undefined ? '-' : differenceCell(difference)),
      align: 'right',
    },
    {
      title: 'by chance',
      text: ({ difference }) => (difference === undefined ? '-' : chanceCell(difference.corrected)),
      align: 'right',
    },
  ]);
}

function wordColumn<Row extends { word?: ComparisonWord }>({ palette }: Paper): Column<Row> {
  return {
    title: 'difference',
    text: ({ word }) => (word === undefined ? '-' : SHORT[word]),
    paint: (cell, { word }) => (word === undefined ? cell : palette[WORD_COLORS[word]](cell)),
  };
}

/** As a table, or where that is too wide each row as a sentence of its cells. */
function renderRows<Row>(
  rows: readonly Row[],
  paper: Paper,
  columns: readonly Column<Row>[],
): string[] {
  if (hasRoom(rows, columns, paper.width)) return renderColumns(rows, columns, paper);
  const [first, ...others] = columns;
  return rows.flatMap((row) => {
    const cells = others.map(({ title, text }) => `${title} ${text(row)}`.trim());
    return sentence(`${first?.text(row)}: ${cells.join(', ')}`, paper);
  });
}

function runsOf({ passed, failed }: ScenarioTally): string {
  return `${failed} of ${passed + failed}`;
}

function differenceCell({
  estimate,
  interval,
}: NonNullable<ScenarioComparison['difference']>): string {
  const [low, high] = [interval.low, interval.high].map(points);
  return `${points(estimate)} (${low} to ${high}) %`;
}

/** In percentage points, with its sign. */
function points(difference: number): string {
  const rounded = (Math.abs(difference) * 100).toFixed(0);
  if (rounded === '0') return '0';
  return `${difference < 0 ? '−' : '+'}${rounded}`;
}

/** The corrected probability of so large a difference if there is none. */
function chanceCell(probability: number): string {
  return probability < 0.001 ? '< 0.1 %' : `${percent(probability)} %`;
}

function describeQuiet(quiet: readonly Clean<ScenarioComparison>[]): string {
  const bound = Math.max(...quiet.map(({ difference }) => difference?.noWorseThan ?? 1));
  const names = quiet.map(({ scenario }) => scenario).join(', ');
  return `No failure on either side in ${names}: a failure rate that is higher by more than ${percent(bound)} % is ruled out (${SURE}, each).`;
}

function renderCosts(
  { a, b }: Clean<Comparison>,
  costs: readonly Clean<CostComparison>[],
  paper: Paper,
): string[] {
  return renderRows(costs, paper, [
    { title: 'costs, medians', text: ({ cost }) => COSTS[cost].title, flexible: true },
    wordColumn(paper),
    { title: nameOf(a), text: (one) => amount(one.a, one.cost), align: 'right' },
    { title: nameOf(b), text: (one) => amount(one.b, one.cost), align: 'right' },
    { title: `ratio (${SURE})`, text: ratioCell, align: 'right' },
    { title: 'pairs', text: (one) => String(one.a.runs), align: 'right' },
  ]);
}

function ratioCell({ ratio }: CostComparison): string {
  if (ratio === undefined) return '-';
  const { estimate, interval } = ratio;
  return `× ${factor(estimate)} (${factor(interval.low)} to ${factor(interval.high)})`;
}

function amount({ median }: CostMedian, cost: CostComparison['cost']): string {
  const rounded = Number(median.toPrecision(DIGITS));
  return [String(rounded), COSTS[cost].unit].join(' ').trim();
}

function notesOn(
  { notCompared, earlier, costMargin, a }: Clean<Comparison>,
  costs: readonly Clean<CostComparison>[],
): string[] {
  const margin = `A cost is worse or better if it surely differs by more than ${percent(costMargin).replace(/\.0$/, '')} %; it is measured over the pairs of runs with the same seed that both passed.`;
  return [
    ...(costs.length === 0
      ? ['No costs are compared: there is no run that both passed.']
      : [margin]),
    ...(earlier === undefined
      ? []
      : [
          `The runs of ${a.name} are those of ${earlier.directory}, of ${earlier.plannedAt}. They were not interleaved with these, so times may differ because the machine was busier, and are not judged.`,
          ...earlier.differs,
        ]),
    ...notCompared.map(({ scenario, why }) => `${scenario} is not compared: ${why}.`),
  ];
}

function nameOf({ name }: Clean<Comparison>['a']): string {
  return shorten(name, HEAD_LENGTH);
}
