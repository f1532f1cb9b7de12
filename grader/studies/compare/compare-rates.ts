/**
 * How often each scenario fails on either side, and whether that is more than chance after all scenarios are
 * counted.
 */

import {
  benjaminiHochberg,
  fisherExact,
  holm,
  SIGNIFICANCE,
  type Failures,
} from '../../statistics/significance.js';
import { CONFIDENCE } from '../../statistics/clopper-pearson.js';
import { boschloo } from '../../statistics/boschloo.js';
import { newcombe, noWorseThan } from '../../statistics/difference.js';
import { MINIMUM_USABLE_RUNS } from '../../statistics/enough-runs.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import type { ComparisonWord, RateDifference, ScenarioComparison } from './comparison.js';

/** Boschloo's test takes seconds for more runs than this together, and hardly differs from Fisher's then. */
const MOST_RUNS = 1000;

/** The tallies of one scenario on both sides. */
export type TallyPair = Pick<ScenarioComparison, 'scenario' | 'a' | 'b'>;

export function compareRates(pairs: readonly TallyPair[]): ScenarioComparison[] {
  const tested = pairs.map((pair) => ({ pair, ...test(failuresOf(pair.a), failuresOf(pair.b)) }));
  // A scenario that was not run is not a comparison, and does not weaken the others.
  const probabilities = tested.flatMap(({ probability }) => probability ?? []);
  const [corrected, discoveries] = [holm(probabilities), benjaminiHochberg(probabilities)];
  let next = 0;
  return tested.map(({ pair, probability, ...rest }) => {
    if (probability === undefined) return { ...pair, word: 'undecided' };
    const at = next++;
    const [familywise = 1, falseDiscovery = 1] = [corrected[at], discoveries[at]];
    const difference = describe(pair, {
      ...rest,
      probability,
      corrected: familywise,
      falseDiscovery,
    });
    return { ...pair, difference, word: wordFor(pair, difference) };
  });
}

type Test = Pick<RateDifference, 'test' | 'probability'>;

function test(a: Failures, b: Failures): Pick<Test, 'test'> & Partial<Test> {
  if (a.usable === 0 || b.usable === 0) return { test: 'boschloo' };
  return a.usable + b.usable > MOST_RUNS
    ? { test: 'fisher', probability: fisherExact(a, b) }
    : { test: 'boschloo', probability: boschloo(a, b) };
}

function describe(
  pair: TallyPair,
  tested: Test & Pick<RateDifference, 'corrected' | 'falseDiscovery'>,
): RateDifference {
  const [a, b] = [failuresOf(pair.a), failuresOf(pair.b)];
  return {
    estimate: b.failed / b.usable - a.failed / a.usable,
    interval: newcombe(b, a),
    confidence: CONFIDENCE,
    ...tested,
    noWorseThan: noWorseThan(b, a),
  };
}

function wordFor({ a, b }: TallyPair, { corrected, estimate }: RateDifference): ComparisonWord {
  const fewest = Math.min(failuresOf(a).usable, failuresOf(b).usable);
  if (fewest < MINIMUM_USABLE_RUNS) return 'undecided';
  if (corrected > SIGNIFICANCE) return 'no difference seen';
  return estimate > 0 ? 'worse' : 'better';
}

export function failuresOf({ passed, failed }: ScenarioTally): Failures {
  return { failed, usable: passed + failed };
}
