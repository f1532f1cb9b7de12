/** A comparison in words: the answer in one sentence, and what single differences mean. */

import { CLASS_ORDER } from '../../../harness/index.js';
import { count, percent } from '../../text/count.js';
import { MINIMUM_USABLE_RUNS } from '../../statistics/enough-runs.js';
import { sanitizeLine } from '../../text/sanitize.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { failuresOf } from './compare-rates.js';
import type {
  Comparison,
  ComparisonWord,
  CostComparison,
  ScenarioComparison,
} from './comparison.js';
import { COSTS } from './cost-words.js';
import { deedOf } from './failure-verbs.js';

const NAME_LENGTH = 40;
/** Larger factors are shown without a digit after the point. */
const LARGE_FACTOR = 10;

type Answer = Pick<Comparison, 'a' | 'b' | 'scenarios' | 'costs'>;

/** The answer in a sentence that a student understands: first what goes wrong, then what it costs. */
export function describeAnswer({ a, b, scenarios, costs }: Answer): string {
  const names = { a: nameOf(a), b: nameOf(b) };
  return `${[describeFailures(scenarios, names), ...describeOpen(scenarios), ...describeCosts(costs)].join('; ')}.`;
}

interface Names {
  a: string;
  b: string;
}

function describeFailures(scenarios: readonly ScenarioComparison[], names: Names): string {
  const having = (word: ComparisonWord) => scenarios.filter((one) => one.word === word);
  const [worse, better] = [having('worse'), having('better')];
  const parts = [
    ...(worse.length > 0 ? [describeWorse(worse, names)] : []),
    ...(better.length > 0 ? [describeBetter(better, names, worse.length > 0)] : []),
  ];
  if (parts.length > 0) return parts.join(', but ');
  const equal = having('no difference seen');
  if (equal.length === 0) return describeTooFew(scenarios, names);
  return describeNone(equal, names);
}

/** Why nothing is decided: too few runs were planned, or too few of them could be judged. */
function describeTooFew(scenarios: readonly ScenarioComparison[], { a, b }: Names): string {
  const planned = scenarios.map((one) => Math.min(one.a.planned, one.b.planned));
  if (planned.length === 0 || planned.some((runs) => runs >= MINIMUM_USABLE_RUNS)) {
    return `Too few runs could be judged to tell ${b} and ${a} apart`;
  }
  const fewest = Math.min(...planned);
  const isAlike = scenarios.every((one) => one.a.planned === fewest && one.b.planned === fewest);
  const where = isAlike ? 'on either side' : 'on one side';
  const verb = fewest === 1 ? 'is' : 'are';
  return `${count(fewest, 'run')} ${where} ${verb} too few: a comparison needs ${MINIMUM_USABLE_RUNS} of each scenario`;
}

/** The scenarios that are undecided, in words. */
function describeOpen(scenarios: readonly ScenarioComparison[]): string[] {
  const open = scenarios.filter(({ word }) => word === 'undecided').length;
  if (open === 0 || open === scenarios.length) return [];
  return [`in ${count(open, 'other scenario')} too few runs could be judged`];
}

function describeWorse(worse: readonly ScenarioComparison[], { a, b }: Names): string {
  const leading = leadingOf(worse, (one) => one.b);
  const [failure] = leading.b.signatures;
  const deed = failure === undefined ? 'fails' : deedOf(failure);
  const counts = `fails ${ofRuns(leading.b)}, ${a} ${ofRuns(leading.a, '')}`;
  const more = others(worse, 'fails more often');
  return `${b} ${deed} in ${leading.scenario} (${counts})${more}`;
}

function describeBetter(
  better: readonly ScenarioComparison[],
  { a, b }: Names,
  isSecond: boolean,
): string {
  const leading = leadingOf(better, (one) => one.a);
  const counts = `${ofRuns(leading.b)}, ${a} ${ofRuns(leading.a, '')}`;
  const subject = isSecond ? 'it' : b;
  return `${subject} fails less often in ${leading.scenario} (${counts})${others(better, 'does so')}`;
}

function describeNone(equal: readonly ScenarioComparison[], { a, b }: Names): string {
  const bound = Math.max(...equal.map(({ difference }) => difference?.noWorseThan ?? 1));
  const where = equal.length === 1 ? (equal[0]?.scenario ?? '') : `${equal.length} scenarios`;
  return `No difference was seen between ${b} and ${a} in ${where} (${b} fails at most ${percent(Math.max(0, bound))} % more of its runs)`;
}

function others(all: readonly ScenarioComparison[], verb: string): string {
  return all.length === 1 ? '' : ` and ${verb} in ${count(all.length - 1, 'more scenario')}`;
}

/** Among the scenarios that differ most, the one with the gravest failures. */
function leadingOf(
  scenarios: readonly ScenarioComparison[],
  failing: (one: ScenarioComparison) => ScenarioTally,
): ScenarioComparison {
  const size = ({ difference }: ScenarioComparison) => Math.abs(difference?.estimate ?? 0);
  const gravity = (one: ScenarioComparison) => {
    const [first] = failing(one).signatures;
    return first === undefined ? CLASS_ORDER.length : CLASS_ORDER.indexOf(first.class);
  };
  const [leading] = scenarios.toSorted((x, y) => size(y) - size(x) || gravity(x) - gravity(y));
  if (leading === undefined) throw new Error('there is no scenario to lead the sentence');
  return leading;
}

/** `20 of 20 runs`. */
function ofRuns(tally: ScenarioTally, noun = 'run'): string {
  const { failed, usable } = failuresOf(tally);
  return noun === '' ? `${failed} of ${usable}` : `${failed} of ${count(usable, noun)}`;
}

/** First whether it is slower, then what else is dearer; nothing where no costs can be compared. */
function describeCosts(costs: readonly CostComparison[]): string[] {
  const compared = costs.filter(({ word }) => word !== undefined && word !== 'undecided');
  const times = compared.filter(({ cost }) => COSTS[cost].isTime);
  const changed = (list: readonly CostComparison[], word: ComparisonWord) =>
    list.filter((one) => one.word === word);
  const slower = changed(times, 'worse');
  const faster = changed(times, 'better');
  const counts = compared.filter(({ cost }) => !COSTS[cost].isTime);
  return [
    ...slower.slice(0, 1).map((one) => `it is slower: it ${describeRatio(one)}`),
    ...(slower.length > 0
      ? []
      : faster.slice(0, 1).map((one) => `it is faster: it ${describeRatio(one)}`)),
    ...(slower.length + faster.length > 0 ? [] : describeAsFast(times)),
    ...[...changed(counts, 'worse'), ...changed(counts, 'better')].map(
      (one) => `it ${describeRatio(one)}`,
    ),
  ];
}

/** Not seen is not ruled out, so the interval stands beside it. */
function describeAsFast(times: readonly CostComparison[]): string[] {
  const leading = times.find(({ cost }) => cost === 'latencyP50Ms') ?? times[0];
  if (leading?.ratio === undefined) return [];
  const { low, high } = leading.ratio.interval;
  const range = `${COSTS[leading.cost].title} × ${factor(low)} to ${factor(high)}`;
  return [`no difference in speed was seen (${range})`];
}

/** `takes 1.8 times as long for an ordinary operation`. */
function describeRatio({ cost, ratio }: CostComparison): string {
  return COSTS[cost].more(factor(ratio?.estimate ?? 1));
}

/** A ratio as people write factors: `0.83`, `1.8`, `12`. */
export function factor(ratio: number): string {
  return ratio < LARGE_FACTOR ? String(Number(ratio.toPrecision(2))) : String(Math.round(ratio));
}

function nameOf({ name }: { name: string }): string {
  return sanitizeLine(name, NAME_LENGTH);
}
