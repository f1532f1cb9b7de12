/**
 * Failures that recur in several scenarios. A mistake in the view service or in a clerk shows wherever it is
 * used, and whoever reads fifty scenarios that failed must be told that it may be one thing to mend.
 */

import { count } from '../describe-tally.js';
import type { FailureGroup } from '../groups/group.js';
import { wrap } from './wrap.js';

/** With fewer, the scenarios themselves tell it. */
const FEWEST_SCENARIOS = 3;

/** Of the groups of one submission, those in the most scenarios first; nothing if no failure recurs. */
export function renderRecurring(groups: readonly FailureGroup[], width: number): string[] {
  return groups
    .filter(({ scenarios }) => scenarios.length >= FEWEST_SCENARIOS)
    .toSorted((a, b) => b.scenarios.length - a.scenarios.length || b.failures - a.failures)
    .flatMap(({ title, scenarios, failures, rule }) => {
      const what = `${title}, ${count(failures, 'run')}`;
      const news = `Fails alike in ${scenarios.length} scenarios, so it may be one mistake: ${what}.`;
      return wrap(rule === undefined ? news : `${news} ${rule}`, width, '    ');
    });
}
