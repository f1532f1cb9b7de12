/**
 * Ranks the mistakes that a submission may have made, by how well they explain which scenarios failed, how, and which
 * passed: Bayes' rule over the patterns of the mutants. Each mutant that explains a failure is as likely as any other,
 * and so is a mixture of those of one mistake, as a student may make it in another way. "Something else" takes part:
 * there, every failure is of a kind that no pattern explains.
 */

import { parseSignature } from '../../../harness/index.js';
import { groupBy } from '../../ground/group-by.js';
import type { MutantPattern, MutantPatterns, PatternCell } from '../../measured/mutant-patterns.js';
import { prevalenceOf } from '../../measured/prevalence.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { MISTAKE_IDS, MISTAKES, type MistakeId } from './mistakes/registry.js';

/**
 * A scenario fails with this probability for a reason that a pattern does not have, such as a second mistake, where
 * students hardly ever fail; and with more of it, the more of them do.
 */
const UNEXPLAINED = 0.04;
const UNEXPLAINED_OF_SHARE = 0.15;

/** How likely it is, before anything is seen, that it is none of the known mistakes; a pattern has 1. */
const SOMETHING_ELSE = 2;

/** How much the kinds of failures that were seen in a cell count, against those of all mutants in its scenario. */
const TRUST_IN_KINDS = 0.85;

/** The probability of a kind that was never seen in a scenario, and its share among all kinds. */
const RARE_KIND = 0.1;

/** Further runs of a scenario tell little. */
const RUNS_AT_MOST = 20;

/** What a submission did in one scenario. */
export type Seen = Pick<ScenarioTally, 'scenario' | 'passed' | 'failed'> & {
  /** The most frequent first. */
  signatures: readonly { signature: string }[];
};

export interface RankedMistake {
  id: MistakeId;
  /** From 0 to 1; with that of something else, those of all mistakes add up to 1. */
  probability: number;
  /** Scenarios that failed, and that fail in the same way with a mutant that makes this mistake. */
  explained: readonly string[];
  /** Their share of all that failed. */
  share: number;
}

/** What was seen in one scenario that can be judged. */
interface Outcome {
  scenario: string;
  usable: number;
  hasFailed: boolean;
  /** The kind of its failure; absent where it passed, or where that is not known. */
  kind?: string;
  /** The probability that it fails for a reason that a pattern does not have. */
  unexplained: number;
  /** The share of its kind among the failures of all mutants there. */
  share: number;
}

/** The mistakes that may explain a failure, the likeliest first. */
export function rankMistakes(
  seen: readonly Seen[],
  { mutants }: Pick<MutantPatterns, 'mutants'>,
): RankedMistake[] {
  const usual = usualKinds(Object.values(mutants));
  const outcomes = seen.flatMap((one) => outcomeOf(one, usual));
  const weighed = mistakesWith(mutants).flatMap(({ id, own }) => {
    const patterns = own.filter((pattern) => outcomes.some((one) => mayExplain(pattern, one)));
    if (patterns.length === 0) return [];
    const log = logSum(patterns.map((pattern) => logLikelihood(outcomes, pattern)));
    return [{ id, log, explained: explainedBy(outcomes, patterns) }];
  });
  const other = Math.log(SOMETHING_ELSE) + logLikelihood(outcomes, {});
  const total = logSum([...weighed.map(({ log }) => log), other]);
  const failed = outcomes.filter(({ hasFailed }) => hasFailed).length;
  return weighed
    .map(({ id, log, explained }) => ({
      id,
      probability: Math.exp(log - total),
      explained,
      share: explained.length / failed,
    }))
    .toSorted((a, b) => b.probability - a.probability);
}

/** `RULE / SYMPTOM`: what is compared of a signature. */
export function kindOf(signature: string): string {
  const { rule, symptom } = parseSignature(signature);
  return `${rule} / ${symptom}`;
}

function outcomeOf({ scenario, passed, failed, signatures }: Seen, usual: UsualKinds): Outcome[] {
  const usable = passed + failed;
  if (usable === 0) return [];
  const [leading] = signatures;
  const kind = failed === 0 || leading === undefined ? undefined : kindOf(leading.signature);
  const share = kind === undefined ? 1 : (usual.get(scenario)?.get(kind) ?? 0);
  return [
    {
      scenario,
      usable,
      hasFailed: failed > 0,
      ...(kind === undefined ? {} : { kind }),
      unexplained: UNEXPLAINED + UNEXPLAINED_OF_SHARE * shareOfStudents(scenario),
      share: (1 - RARE_KIND) * share + RARE_KIND * RARE_KIND,
    },
  ];
}

/** The share of public submissions that fail there. */
function shareOfStudents(scenario: string): number {
  const { tried, failed } = prevalenceOf(scenario) ?? { tried: 1, failed: 0 };
  return tried === 0 ? 0 : failed / tried;
}

function mistakesWith(patterns: Readonly<Record<string, MutantPattern>>) {
  return MISTAKE_IDS.flatMap((id) => {
    const own = MISTAKES[id].mutants.flatMap((name) => {
      const pattern = patterns[name];
      return pattern === undefined ? [] : [pattern];
    });
    return own.length === 0 ? [] : [{ id, own: own.length === 1 ? own : [...own, mixed(own)] }];
  });
}

/** What to expect of an implementation that makes the mistake of these patterns in a way of its own. */
function mixed(patterns: readonly MutantPattern[]): MutantPattern {
  const scenarios = new Set(patterns.flatMap((pattern) => Object.keys(pattern)));
  return Object.fromEntries(
    [...scenarios].map((scenario) => [scenario, mixedCell(patterns.map((one) => one[scenario]))]),
  );
}

/** Each pattern counts as one run; one without the cell passes. */
function mixedCell(cells: readonly (PatternCell | undefined)[]): PatternCell {
  const seen = cells.filter((cell) => cell !== undefined);
  const failed = sum(seen.map((cell) => cell.failed / cell.usable));
  const kinds = new Map<string, number>();
  for (const cell of seen) {
    for (const [kind, times] of Object.entries(cell.kinds)) {
      const rate = ((times / knownIn(cell)) * cell.failed) / cell.usable;
      kinds.set(kind, (kinds.get(kind) ?? 0) + rate);
    }
  }
  return { usable: cells.length, failed, kinds: Object.fromEntries(kinds) };
}

/** By scenario, the shares of the kinds among the failures of all mutants there. */
type UsualKinds = ReadonlyMap<string, ReadonlyMap<string, number>>;

function usualKinds(patterns: readonly MutantPattern[]): UsualKinds {
  const cells = groupBy(
    patterns.flatMap((pattern) => Object.entries(pattern)),
    ([scenario]) => scenario,
  );
  return new Map(
    [...cells].map(([scenario, own]) => [scenario, sharesOf(own.map(([, cell]) => cell))]),
  );
}

/** How often each kind is among the failures of these cells, each cell counting as one. */
function sharesOf(cells: readonly PatternCell[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const withKinds = cells.filter((cell) => knownIn(cell) > 0);
  for (const cell of withKinds) {
    for (const [kind, times] of Object.entries(cell.kinds)) {
      shares.set(kind, (shares.get(kind) ?? 0) + times / knownIn(cell) / withKinds.length);
    }
  }
  return shares;
}

function logLikelihood(outcomes: readonly Outcome[], pattern: MutantPattern): number {
  return sum(outcomes.map((outcome) => logOfOutcome(outcome, pattern[outcome.scenario])));
}

/** The logarithm of the probability of an outcome, if runs of the scenario end as in this cell. */
function logOfOutcome(outcome: Outcome, cell: PatternCell | undefined): number {
  const { usable, hasFailed, kind, unexplained, share } = outcome;
  const rate = cell === undefined ? 0 : inSeveral(rateOf(cell), usable);
  const explained = (1 - unexplained - UNEXPLAINED) * rate;
  if (!hasFailed) return Math.log(1 - unexplained - explained);
  if (kind === undefined) return Math.log(unexplained + explained);
  return Math.log(unexplained * share + explained * shareOfKind(kind, cell, share));
}

/** The share of a kind among the failures of this cell, where `usual` is its share among those of all mutants. */
function shareOfKind(kind: string, cell: PatternCell | undefined, usual: number): number {
  if (cell === undefined || knownIn(cell) === 0) return usual;
  const own = (cell.kinds[kind] ?? 0) / knownIn(cell);
  return TRUST_IN_KINDS * own + (1 - TRUST_IN_KINDS) * usual;
}

/** Whether this pattern has such a failure; any in its scenario will do for one whose kind is not known. */
function mayExplain(pattern: MutantPattern, { scenario, hasFailed, kind }: Outcome): boolean {
  const cell = pattern[scenario];
  if (!hasFailed || cell === undefined) return false;
  return kind === undefined || kind in cell.kinds;
}

/** Failures of which the kind is known. */
function knownIn({ kinds }: PatternCell): number {
  return sum(Object.values(kinds));
}

/** A cell that has failed once fails almost always, unless more runs show otherwise. */
function rateOf({ failed, usable }: PatternCell): number {
  return (failed + 0.45) / (usable + 0.5);
}

/** The probability of a failure in any of these runs. */
function inSeveral(rate: number, usable: number): number {
  return 1 - (1 - rate) ** Math.min(usable, RUNS_AT_MOST);
}

/** Failures of a kind that one of these patterns has in the same scenario. */
function explainedBy(outcomes: readonly Outcome[], own: readonly MutantPattern[]): string[] {
  return outcomes.flatMap(({ scenario, kind }) => {
    if (kind === undefined) return [];
    return own.some((pattern) => (pattern[scenario]?.kinds[kind] ?? 0) > 0) ? [scenario] : [];
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** The logarithm of the sum of numbers, from their logarithms. */
function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(sum(logs.map((log) => Math.exp(log - most))));
}
