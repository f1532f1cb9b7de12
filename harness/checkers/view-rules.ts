/**
 * Checks every view that a process was told against the rules of views, in every scenario. It demands only
 * what holds even if messages are lost, late or doubled.
 *
 * A view without a primary breaks none of the rules. When no server with the data is left, some
 * services change to such a view and others keep the old one. In both cases no server may ever serve again, and
 * none can acknowledge the view; so a later primary breaks the rules.
 *
 * A first view with a backup is allowed, too: a service that changes views at its ticks may find two
 * servers at the first one, and neither has any data to lose.
 */

import type { History } from '../history/operation.js';
import { MAX_EVENTS } from '../history/timeline.js';
import type { RuleId } from '../lab/rules.js';
import { failFinding, type Finding } from '../lab/verdict.js';
import type { CheckContext, Checker } from './checker.js';
import { readViews } from './view-rules/book.js';
import type { Contradiction } from './view-rules/contradiction.js';
import { foundInMembers } from './view-rules/members.js';
import { foundInNumbers } from './view-rules/numbers.js';
import { foundInSuccession } from './view-rules/succession.js';

const NAME = 'view-rules';

export const viewRules: Checker = { name: NAME, check };

/**
 * The same without one of the rules. Where numbers are spared, it is not known which view followed which, so nothing
 * is held against the run.
 */
export function viewRulesBut(spared: RuleId): Checker {
  return { name: NAME, check: (history, context) => check(history, context, spared) };
}

function check(_: History, { timeline }: CheckContext, spared?: RuleId): Finding {
  // A timeline that was cut off has every event up to there, and gaps after.
  const book = readViews(timeline.slice(0, MAX_EVENTS));
  const all =
    spared === 'view-numbers'
      ? []
      : [...foundInNumbers(book), ...foundInMembers(book), ...foundInSuccession(book)];
  const found = all.filter(({ rule }) => rule !== spared);
  const [first, ...rest] = found;
  if (first === undefined) {
    const says = `The views that were seen, ${book.first.size} in all, follow from each other by the rules.`;
    return { verdict: 'pass', by: NAME, says };
  }
  const earliest = rest.reduce((best, next) => (atMs(next) < atMs(best) ? next : best), first);
  const { rule, symptom, says } = earliest;
  const events = earliest.events.toSorted((a, b) => a.atMs - b.atMs);
  const evidence = { operations: [], events };
  return failFinding({ by: NAME, rule, symptom, says, evidence });
}

/** When the contradiction was complete. */
function atMs({ events }: Contradiction): number {
  return Math.max(...events.map((event) => event.atMs));
}
