/**
 * A comparison for a terminal: the answer first, then the scenarios in which anything failed, the worst first,
 * then what the runs cost that both passed. Text in, text out.
 */

import Table from 'cli-table3';
import colors from 'picocolors';
import {
  ALL_SCENARIOS,
  type Comparison,
  type ComparisonWord,
  type CostComparison,
  type CostMedian,
  type ScenarioComparison,
} from '../comparison/comparison.js';
import { COSTS } from '../comparison/costs.js';
import { factor } from '../comparison/describe-comparison.js';
import { percent } from '../describe-tally.js';
import { sanitizeLine } from '../sanitize.js';
import { CONFIDENCE } from '../statistics.js';
import type { ScenarioTally } from '../tally.js';
import type { TerminalOptions } from './terminal.js';
import { wrap } from './wrap.js';

const MAX_WIDTH = 100;
const MIN_WIDTH = 72;
const SCENARIO_LENGTH = 40;
const NAME_LENGTH = 14;
const SENTENCE_LENGTH = 1000;
const INDENT = '    ';
/** Digits of a cost that tell anything. */
const DIGITS = 3;
const SURE = `${percent(CONFIDENCE).replace(/\.0$/, '')} %`;

const WORD_COLORS = {
  worse: 'red',
  better: 'green',
  'no difference seen': 'dim',
  undecided: 'yellow',
} as const satisfies Record<ComparisonWord, string>;
/** What stands in a narrow column. */
const SHORT: Record<ComparisonWord, string> = {
  worse: 'worse',
  better: 'better',
  'no difference seen': 'same',
  undecided: 'undecided',
};
const ORDER: readonly ComparisonWord[] = ['worse', 'undecided', 'better', 'no difference seen'];

type Palette = ReturnType<typeof colors.createColors>;

/** The report, with a line feed at its end. */
export function renderComparison(
  comparison: Comparison,
  { color, width }: TerminalOptions,
): string {
  const columns = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width ?? MAX_WIDTH));
  const palette = colors.createColors(color);
  const fit = (texts: readonly string[]) =>
    texts.flatMap((text) => wrap(sanitizeLine(text, SENTENCE_LENGTH), columns, INDENT));
  const { scenarios, verdict } = comparison;
  const shown = scenarios.filter((one) => one.word !== 'no difference seen' || hasFailed(one));
  const quiet = scenarios.filter((one) => !shown.includes(one));
  const costs = comparison.costs.filter(({ scenario }) => scenario === ALL_SCENARIOS);
  const sections = [
    fit([comparison.says]).map(verdict === 'worse' ? palette.red : palette.bold),
    shown.length === 0 ? [] : [renderRates(comparison, worstFirst(shown), palette)],
    fit(quiet.length === 0 ? [] : [describeQuiet(quiet)]),
    costs.length === 0 ? [] : [renderCosts(comparison, costs, palette)],
    fit(notesOn(comparison, costs)),
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => `${section.join('\n')}\n`)
    .join('\n');
}

function hasFailed({ a, b }: ScenarioComparison): boolean {
  return a.failed + b.failed > 0;
}

function worstFirst(scenarios: readonly ScenarioComparison[]): ScenarioComparison[] {
  const place = ({ word }: ScenarioComparison) => ORDER.indexOf(word);
  const size = ({ difference }: ScenarioComparison) => difference?.estimate ?? 0;
  return scenarios.toSorted((x, y) => place(x) - place(y) || size(y) - size(x));
}

function renderRates(
  { a, b }: Comparison,
  scenarios: readonly ScenarioComparison[],
  palette: Palette,
): string {
  const table = tableOf(
    ['failed', '', nameOf(a), nameOf(b), `difference (${SURE})`, 'by chance'],
    ['left', 'left', 'right', 'right', 'right', 'right'],
  );
  for (const { scenario, word, a: ofA, b: ofB, difference } of scenarios) {
    table.push([
      sanitizeLine(scenario, SCENARIO_LENGTH),
      palette[WORD_COLORS[word]](SHORT[word]),
      runsOf(ofA),
      runsOf(ofB),
      difference === undefined ? '-' : differenceCell(difference),
      difference === undefined ? '-' : chanceCell(difference.corrected),
    ]);
  }
  return table.toString();
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

function describeQuiet(quiet: readonly ScenarioComparison[]): string {
  const bound = Math.max(...quiet.map(({ difference }) => difference?.noWorseThan ?? 1));
  const names = quiet.map(({ scenario }) => scenario).join(', ');
  return `No failure on either side in ${names}: a failure rate that is higher by more than ${percent(bound)} % is ruled out (${SURE}, each).`;
}

function renderCosts(
  { a, b }: Comparison,
  costs: readonly CostComparison[],
  palette: Palette,
): string {
  const table = tableOf(
    ['costs, medians', '', nameOf(a), nameOf(b), `ratio (${SURE})`, 'pairs'],
    ['left', 'left', 'right', 'right', 'right', 'right'],
  );
  for (const { cost, a: ofA, b: ofB, ratio, word } of costs) {
    table.push([
      COSTS[cost].title,
      word === undefined ? '-' : palette[WORD_COLORS[word]](SHORT[word]),
      amount(ofA, cost),
      amount(ofB, cost),
      ratio === undefined
        ? '-'
        : `× ${factor(ratio.estimate)} (${factor(ratio.interval.low)} to ${factor(ratio.interval.high)})`,
      String(ofA.runs),
    ]);
  }
  return table.toString();
}

function amount({ median }: CostMedian, cost: CostComparison['cost']): string {
  const rounded = Number(median.toPrecision(DIGITS));
  return [String(rounded), COSTS[cost].unit].join(' ').trim();
}

function notesOn(
  { notCompared, earlier, costMargin, a }: Comparison,
  costs: readonly CostComparison[],
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

function tableOf(head: string[], colAligns: ('left' | 'right')[]) {
  return new Table({
    head,
    colAligns,
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
}

function nameOf({ name }: { name: string }): string {
  return sanitizeLine(name, NAME_LENGTH);
}
