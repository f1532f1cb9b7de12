/**
 * One mistake often fails many scenarios. Failures that are alike by a pattern of the rubric's `chargeOnce` are
 * charged in one scenario only; in the others they count as passes. Here is decided which failures are alike,
 * and where they are charged.
 *
 * The choice of a scenario for each pattern is the one that costs most points in total. So charging
 * once never earns less than charging everywhere, since in each scenario some failures are left out; and a pass
 * that becomes a failure never earns more, since it makes none of these ways cheaper.
 */

import { matches } from '../text/glob.js';
import type { ScenarioTally, SignatureCount } from '../tally/scenario-tally.js';

/** How a pattern begins that is meant for crashes. */
const NAMES_CRASH = /^kit-(?:process|clerk) \/ (?:exited|ended-before-listening)\b/;

/** Less than any two sums of points that differ. */
const ROUNDING = 1e-6;

/** Failures of one scenario by the pattern that they are alike by. */
export interface SortedFailures {
  scenario: string;
  /** Alike by no pattern: charged here, whatever happens to the others. */
  own: number;
  /** Index of the pattern → how many; without patterns that none has. */
  alike: ReadonlyMap<number, number>;
}

/** Index of a pattern → id of the one scenario in which its failures are charged. */
export type Charges = ReadonlyMap<number, string>;

/** Sorts failures by the first pattern that they are alike by. */
export function sortFailures(
  { scenario, failed, signatures }: Pick<ScenarioTally, 'scenario' | 'failed' | 'signatures'>,
  patterns: readonly string[],
): SortedFailures {
  const alike = new Map<number, number>();
  for (const one of signatures) {
    const index = patterns.findIndex((glob) => isAlikeBy(glob, one));
    if (index >= 0) alike.set(index, (alike.get(index) ?? 0) + one.count);
  }
  const sum = [...alike.values()].reduce((total, count) => total + count, 0);
  return { scenario, own: failed - sum, alike };
}

/**
 * A program that could not be built is alike to nothing, and neither is one that crashed unless the pattern
 * names the crash: a pattern that is too wide must not forgive a program that never ran.
 */
function isAlikeBy(glob: string, { signature, class: kind }: SignatureCount): boolean {
  if (kind === 'build' || (kind === 'crash' && !NAMES_CRASH.test(glob))) return false;
  return matches(signature, glob);
}

/**
 * Where each pattern's failures are charged. `loss` returns the points that a scenario costs when so many of its
 * failures are charged. Of ways that cost the same, a pattern is charged in the earlier scenario of the list.
 */
export function chooseCharges(
  scenarios: readonly SortedFailures[],
  loss: (scenario: string, charged: number) => number,
): Charges {
  const found = [...new Set(scenarios.flatMap(({ alike }) => [...alike.keys()]))];
  const choices = dearestChoices(
    scenarios.map((one) => optionsOf(one, found, loss)),
    2 ** found.length,
  );
  const charges = new Map<number, string>();
  // A pattern that costs nothing anywhere is charged in the first scenario that has it.
  for (const { scenario, alike } of scenarios.toReversed()) {
    for (const index of alike.keys()) charges.set(index, scenario);
  }
  let left = 2 ** found.length - 1;
  for (const [at, { scenario }] of [...scenarios.entries()].toReversed()) {
    const here = choices[at]?.[left] ?? 0;
    for (const index of inSet(found, here)) charges.set(index, scenario);
    left ^= here;
  }
  return charges;
}

/** Some patterns, as bits, and what charging them in a scenario costs more than charging none of them there. */
interface Option {
  set: number;
  extra: number;
}

function optionsOf(
  { scenario, own, alike }: SortedFailures,
  found: readonly number[],
  loss: (scenario: string, charged: number) => number,
): Option[] {
  if (alike.size === 0) return [];
  const least = loss(scenario, own);
  const here = found.flatMap((index, bit) => (alike.has(index) ? [1 << bit] : []));
  return subsets(here)
    .map((set) => {
      const charged = inSet(found, set).reduce((sum, index) => sum + (alike.get(index) ?? 0), own);
      return { set, extra: loss(scenario, charged) - least };
    })
    .filter(({ extra }) => extra > ROUNDING);
}

/**
 * For each scenario, and for each set of patterns that are charged there or earlier in the list, the patterns
 * that are charged there in the way that costs most.
 */
function dearestChoices(scenarios: readonly (readonly Option[])[], sets: number): Uint16Array[] {
  const dearest = new Float64Array(sets);
  return scenarios.map((options) => {
    const choice = new Uint16Array(options.length === 0 ? 0 : sets);
    // Downwards, so that what a smaller set costs is still that without this scenario.
    for (let set = options.length === 0 ? 0 : sets - 1; set > 0; set -= 1) {
      for (const option of options) {
        if ((set & option.set) !== option.set) continue;
        const cost = (dearest[set ^ option.set] ?? 0) + option.extra;
        if (cost <= (dearest[set] ?? 0) + ROUNDING) continue;
        dearest[set] = cost;
        choice[set] = option.set;
      }
    }
    return choice;
  });
}

function inSet(found: readonly number[], set: number): number[] {
  return found.filter((_, bit) => (set & (1 << bit)) !== 0);
}

/** All sets of these bits but the empty one. */
function subsets(bits: readonly number[]): number[] {
  return bits.reduce<number[]>((sets, bit) => [...sets, bit, ...sets.map((set) => set | bit)], []);
}
