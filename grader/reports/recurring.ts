/**
 * Failures that recur in several scenarios. A mistake in the view service or in a clerk shows wherever it is
 * used, and whoever reads fifty scenarios that failed must be told that it may be one thing to mend.
 */

import { RULES } from '../../harness/index.js';
import { count } from '../describe-tally.js';
import { groupBy } from '../group-by.js';
import { sanitizeLine } from '../sanitize.js';
import type { ScenarioTally } from '../tally.js';
import { wrap } from './wrap.js';

/** With fewer, the scenarios themselves tell it. */
const FEWEST_SCENARIOS = 3;

const STEM_LENGTH = 120;

interface Recurrence {
  /** Rule and symptom, as at the beginning of a signature. */
  stem: string;
  scenarios: number;
  runs: number;
}

/** The most frequent first; nothing if no failure recurs. */
export function renderRecurring(tallies: readonly ScenarioTally[], width: number): string[] {
  return recurrencesIn(tallies).flatMap(({ stem, scenarios, runs }) => {
    const [rule = ''] = stem.split(' / ');
    const sentence = Object.entries(RULES).find(([id]) => id === rule)?.[1];
    const what = `${sanitizeLine(stem, STEM_LENGTH)}, ${count(runs, 'run')}`;
    const news = `Fails alike in ${scenarios} scenarios, so it may be one mistake: ${what}.`;
    return wrap(sentence === undefined ? news : `${news} ${sentence}`, width, '    ');
  });
}

function recurrencesIn(tallies: readonly ScenarioTally[]): Recurrence[] {
  const failures = tallies.flatMap(({ scenario, signatures }) =>
    signatures.map((one) => ({ scenario, stem: stemOf(one.signature), runs: one.count })),
  );
  return [...groupBy(failures, ({ stem }) => stem)]
    .map(([stem, alike]) => ({
      stem,
      scenarios: new Set(alike.map(({ scenario }) => scenario)).size,
      runs: alike.reduce((sum, { runs }) => sum + runs, 0),
    }))
    .filter(({ scenarios }) => scenarios >= FEWEST_SCENARIOS)
    .toSorted((a, b) => b.scenarios - a.scenarios || b.runs - a.runs);
}

function stemOf(signature: string): string {
  return signature.split(' / ').slice(0, 2).join(' / ');
}
