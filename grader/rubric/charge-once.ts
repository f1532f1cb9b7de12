/**
 * One mistake often fails many scenarios. Failures that are alike by a pattern of the rubric's `chargeOnce` are
 * charged in one scenario only; in the others they count as passes. Here is decided which failures are alike,
 * and where they are charged.
 *
 * Of all ways to choose a scenario for each pattern it is the one that costs most points in total. So charging
 * once never earns less than charging everywhere, since in each scenario some failures are left out; and a pass
 * that becomes a failure never earns more, since it makes none of these ways cheaper.
 */

import { matches } from '../glob.js';
import type { ScenarioTally, SignatureCount } from '../tally.js';

/** How a pattern begins that is meant for crashes. */
const NAMES_CRASH = /^kit-(?:process|clerk) \/ exited\b/;

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
 * Where each pattern's failures are charged. `loss` tells the points that a scenario costs when so many of its
 * failures are charged. Of ways that cost the same, a pattern is charged in the earlier scenario of the list.
 */
export function chooseCharges(
  scenarios: readonly SortedFailures[],
  loss: (scenario: string, charged: number) => number,
): Charges {
  const found = [...new Set(scenarios.flatMap(({ alike }) => [...alike.keys()]))];
  // The dearest way for each set of patterns, as bits, over the scenarios so far.
  let best = new Map<number, Way>([[0, { loss: 0, charges: new Map() }]]);
  for (const one of scenarios) best = withScenario(best, one, found, loss);
  return best.get(2 ** found.length - 1)?.charges ?? new Map();
}

interface Way {
  loss: number;
  charges: Charges;
}

function withScenario(
  before: ReadonlyMap<number, Way>,
  one: SortedFailures,
  found: readonly number[],
  loss: (scenario: string, charged: number) => number,
): Map<number, Way> {
  const here = found.flatMap((index, bit) => (one.alike.has(index) ? [1 << bit] : []));
  const options = subsets(here).map((bits) => {
    const indices = found.filter((_, bit) => bits & (1 << bit));
    const alike = indices.reduce((sum, index) => sum + (one.alike.get(index) ?? 0), 0);
    return { bits, indices, loss: loss(one.scenario, one.own + alike) };
  });
  const after = new Map<number, Way>();
  // What was charged earlier comes first, and stays unless another way costs more.
  for (const [set, way] of [...before].toSorted(([a], [b]) => b - a)) {
    for (const option of options) {
      if ((set & option.bits) !== 0) continue;
      const total = way.loss + option.loss;
      const known = after.get(set | option.bits);
      if (known !== undefined && known.loss + ROUNDING >= total) continue;
      const added = option.indices.map((index) => [index, one.scenario] as const);
      after.set(set | option.bits, { loss: total, charges: new Map([...way.charges, ...added]) });
    }
  }
  return after;
}

/** All sets of these bits, the empty one first. */
function subsets(bits: readonly number[]): number[] {
  return bits.reduce((sets, bit) => [...sets, ...sets.map((set) => set | bit)], [0]);
}
