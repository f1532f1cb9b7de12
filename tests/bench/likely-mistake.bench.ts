/**
 * How often the likely mistake is right, at wrong implementations that its patterns do not know: other runs of the
 * mutants, mutants left out one at a time, and the independent set. It takes the runs from gradings and calibrations
 * below the directory that PBLAB_RUNS names (see the README of grader/results/likely-mistakes), and makes the
 * patterns of the kit from them.
 */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  PATTERNS_FILE,
  type MutantPattern,
  type MutantPatterns,
} from '../../grader/measured/mutant-patterns.js';
import { readMeasured } from '../../grader/measured/measured.js';
import { clearest } from '../../grader/results/likely-mistakes/guess-mistake.js';
import {
  MISTAKE_IDS,
  MISTAKES,
  type MistakeId,
} from '../../grader/results/likely-mistakes/mistakes/registry.js';
import {
  rankMistakes,
  type RankedMistake,
  type Seen,
} from '../../grader/results/likely-mistakes/rank-mistakes.js';
import { findScenario } from '../../harness/index.js';
import { summarise, type BenchResult } from './bench.js';
import { INDEPENDENT_MISTAKES } from './fixtures/independent-mistakes.js';
import { patternOf, readRuns, seenIn, type RunsByName } from './fixtures/mutant-runs.js';

export const onlyWhenNamed = true;

/** Mutants that ran in a scenario of the calibration, at least, where all did that can fail there. */
const WHOLE_COLUMN = 88;

type Patterns = Pick<MutantPatterns, 'mutants'>;

/** One implementation whose mistake is to be guessed. */
interface Case {
  name: string;
  seen: readonly Seen[];
  /** Absent where it makes none that the registry has. */
  mistake?: MistakeId | undefined;
  patterns: Patterns;
}

/** How the guess at one of them ended. */
interface Attempt {
  name: string;
  mistake: MistakeId | undefined;
  /** The likeliest ones. */
  ranked: readonly RankedMistake[];
  /** Those that are shown. */
  said: readonly MistakeId[];
  /** From 1; 0 where the mistake is not among the ranked. */
  rank: number;
}

export function bench(): Promise<BenchResult[]> {
  const directory = process.env['PBLAB_RUNS'];
  if (directory === undefined) throw new Error('PBLAB_RUNS names no directory with runs');
  const folders = readdirSync(directory).toSorted();
  const sets = folders.filter((name) => name.startsWith('mutants'));
  const runs = sets.map((name) => readRuns(join(directory, name)));
  const all = joined(runs);
  const read = (name: string): RunsByName =>
    folders.includes(name) ? readRuns(join(directory, name)) : new Map();
  const patterns: Patterns = { mutants: patternsOf(all) };
  const independent = read('independent');
  const said = casesOfSet(independent, patterns).map(attempt).filter(isSaid);
  save({ ...patterns, guesses: { right: said.filter(isRight).length, said: said.length } });
  return Promise.resolve([
    ...figures('other runs of the mutants', casesOfOtherRuns(runs)),
    ...figures('mutants left out', casesLeftOut(all, patterns)),
    ...figures('independent set', casesOfSet(independent, patterns)),
  ]);
}

function save({ guesses, mutants }: Omit<MutantPatterns, 'format' | 'createdAt'>): void {
  const content: MutantPatterns = {
    format: 'pblab/patterns/1',
    createdAt: new Date().toISOString(),
    guesses,
    mutants,
  };
  const text = JSON.stringify(content, null, 1);
  // One line a cell; a line feed never stands inside a JSON string.
  const cells = /\{\s*"usable"[^{}]*\{[^{}]*\}\s*\}/g;
  writeFileSync(
    PATTERNS_FILE,
    `${text.replaceAll(cells, (cell) => cell.replaceAll(/\n\s*/g, ' '))}\n`,
  );
}

function joined(sets: readonly RunsByName[]): RunsByName {
  const names = new Set(sets.flatMap((set) => [...set.keys()]));
  return new Map([...names].map((name) => [name, sets.flatMap((set) => set.get(name) ?? [])]));
}

/** The calibration of the kit adds its runs, of which the kinds of failures are not known. */
function patternsOf(runs: RunsByName): Patterns['mutants'] {
  return Object.fromEntries(
    [...runs].map(([name, own]) => [name, together(calibrated.get(name) ?? {}, patternOf(own))]),
  );
}

function together(rates: MutantPattern, own: MutantPattern): MutantPattern {
  const both = Object.entries(own).map(([scenario, cell]) => {
    const { usable = 0, failed = 0 } = rates[scenario] ?? {};
    const sum = { usable: usable + cell.usable, failed: failed + cell.failed, kinds: cell.kinds };
    return [scenario, sum] as const;
  });
  return { ...rates, ...Object.fromEntries(both) };
}

const calibrated = new Map(
  readMeasured()?.mutants.map(({ name, cells }) => [
    name,
    Object.fromEntries(
      cells
        .filter(({ scenario, failed }) => failed > 0 && findScenario(scenario) !== undefined)
        .map(({ scenario, passed, failed }) => [
          scenario,
          { usable: passed + failed, failed, kinds: {} },
        ]),
    ),
  ]),
);

function without({ mutants }: Patterns, name: string): Patterns {
  const others = Object.entries(mutants).filter(([other]) => other !== name);
  return { mutants: Object.fromEntries(others) };
}

/** The last set, with patterns from the ones before it. */
function casesOfOtherRuns(sets: readonly RunsByName[]): Case[] {
  const last = sets.at(-1);
  if (last === undefined || sets.length < 2) return [];
  const patterns = { mutants: patternsOf(joined(sets.slice(0, -1))) };
  return [...last].map(([name, own]) => ({
    name,
    seen: withCalibration(name, seenIn(own)),
    mistake: mistakeOf(name),
    patterns,
  }));
}

/** Each mutant with patterns of the others only. Where no other makes its mistake, every guess is wrong. */
function casesLeftOut(runs: RunsByName, patterns: Patterns): Case[] {
  return [...runs].flatMap(([name, own]) => {
    const mistake = mistakeOf(name);
    if (mistake === undefined) return [];
    const isKnown = MISTAKES[mistake].mutants.some(
      (other) => other !== name && other in patterns.mutants,
    );
    return [
      {
        name,
        seen: withCalibration(name, seenIn(own)),
        mistake: isKnown ? mistake : undefined,
        patterns: without(patterns, name),
      },
    ];
  });
}

/** With what the calibration of the kit has of this mutant, in columns that were run as a whole. */
function withCalibration(name: string, seen: readonly Seen[]): Seen[] {
  const failing = calibrated.get(name);
  if (failing === undefined) return [...seen];
  const whole = (readMeasured()?.scenarios ?? []).filter(
    ({ id, lookedAt }) => lookedAt >= WHOLE_COLUMN && !seen.some(({ scenario }) => scenario === id),
  );
  const cells = whole.map(({ id }) => {
    const failed = Math.min(1, failing[id]?.failed ?? 0);
    return { scenario: id, passed: 1 - failed, failed, signatures: [] };
  });
  return [...seen, ...cells];
}

function casesOfSet(runs: RunsByName, patterns: Patterns): Case[] {
  return [...runs].map(([name, own]) => ({
    name,
    seen: seenIn(own),
    mistake: INDEPENDENT_MISTAKES[name],
    patterns,
  }));
}

function mistakeOf(mutant: string): MistakeId | undefined {
  return MISTAKE_IDS.find((id) => MISTAKES[id].mutants.includes(mutant));
}

function attempt({ name, seen, mistake, patterns }: Case): Attempt {
  const ranked = rankMistakes(seen, patterns);
  return {
    name,
    mistake,
    ranked: ranked.slice(0, 3),
    said: clearest(ranked).map(({ id }) => id),
    rank: ranked.findIndex(({ id }) => id === mistake) + 1,
  };
}

function isFirst({ rank }: Attempt): boolean {
  return rank === 1;
}

function isSaid({ said }: Attempt): boolean {
  return said.length > 0;
}

function isRight({ said, mistake }: Attempt): boolean {
  return mistake !== undefined && said.includes(mistake);
}

/** Rates over those that failed somewhere; the rest show nothing to guess from. */
function figures(name: string, cases: readonly Case[]): BenchResult[] {
  const failing = cases.filter(({ seen }) => seen.some(({ failed }) => failed > 0));
  if (failing.length === 0) return [];
  const attempts = failing.map(attempt);
  if (process.env['PBLAB_VERBOSE'] !== undefined) tell(attempts);
  const known = attempts.filter(({ mistake }) => mistake !== undefined);
  const said = attempts.filter(isSaid);
  const single = said.filter((one) => one.said.length === 1);
  const share = (what: string, good: readonly Attempt[], of: readonly Attempt[]) =>
    summarise(
      `${name}: ${what}`,
      '%',
      [(100 * good.length) / of.length],
      `${good.length} of ${of.length}`,
    );
  return [
    share('first', known.filter(isFirst), known),
    share(
      'among the first three',
      known.filter(({ rank }) => rank >= 1 && rank <= 3),
      known,
    ),
    share('something said', said, attempts),
    share('right where something is said', said.filter(isRight), said),
    share('right where one mistake is said', single.filter(isRight), single),
  ];
}

function tell(attempts: readonly Attempt[]): void {
  for (const one of attempts) {
    const word = isSaid(one) ? (isRight(one) ? 'right' : 'WRONG') : 'silent';
    const guesses = one.ranked.map(({ id, probability }) => `${id} ${probability.toFixed(2)}`);
    const { name, mistake = 'unknown', said, rank } = one;
    console.log([word, said.length, rank, name, mistake, guesses.join(', ')].join('\t'));
  }
}
