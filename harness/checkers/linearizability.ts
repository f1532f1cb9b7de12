/**
 * Linearizability of gets, puts, appends and puthashes, key by key: is there one order of the
 * operations, each taking effect at one moment between its call and its return, in which every get and
 * every puthash returns the value written last? Keys are judged apart, which is exact (Herlihy & Wing
 * 1990, Horn & Kroening 2015). A get that never returned proves nothing, a failed write did nothing, an
 * indefinite one may take effect at any time after its call, or never.
 */

import type { History, Operation } from '../history/operation.js';
import { failFinding, type FailFinding, type Finding } from '../lab/verdict.js';
import type { CheckContext, Checker } from './checker.js';
import { groupByKey } from './keys.js';
import { explainAll, type Explanation } from './linearizability/classify.js';
import { findCores, type Refusal } from './linearizability/core.js';
import { decideKey, type Decision, type KeyOperations } from './linearizability/decide.js';
import { measureOverlap } from './linearizability/overlap.js';
import type { Limits } from './linearizability/order-search.js';
import { findAnswers } from './linearizability/unanswered.js';
import { eventsAround } from './nearby-events.js';

const NAME = 'linearizability';

/** Operations shown of a core that could not be made small within the budget. */
const MAX_SHOWN = 40;

export const linearizability: Checker = { name: NAME, check };

function check(history: History, context: CheckContext): Finding {
  const limits = {
    untilMs: performance.now() + context.budget.timeMs,
    states: context.budget.states,
  };
  const keys = [...groupByKey(history).values()].map(judgedPart);
  const decided = decideAll(keys, limits);
  const refused = decided.flatMap(({ key, decision }) => asRefusal(key, decision));
  if (refused.length > 0) {
    // A refusal that took all the time is to be explained as well.
    const explainMs = performance.now() + context.budget.timeMs / 2;
    return refuse(refused, { ...limits, untilMs: Math.max(limits.untilMs, explainMs) }, context);
  }
  const open = decided.filter(({ decision }) => decision.answer === 'out-of-budget').length;
  if (open > 0) {
    const says = `${describeBudget(limits, context)} before ${open} of ${count(keys.length, 'key')} could be judged.`;
    return { verdict: 'unknown', by: NAME, cause: 'budget-exhausted', says };
  }
  return { verdict: 'pass', by: NAME, says: describePass(keys) };
}

interface Decided {
  key: KeyOperations;
  decision: Decision;
}

/** A key that takes long must not use up the time of those after it: it is gone on with when they are done. */
function decideAll(keys: readonly KeyOperations[], limits: Limits): Decided[] {
  const first = keys.map((key, at) => {
    const nowMs = performance.now();
    const shareMs = Math.max(0, limits.untilMs - nowMs) / (keys.length - at);
    return { key, decision: decideKey(key, { ...limits, untilMs: nowMs + shareMs }) };
  });
  return first.map(({ key, decision }) => {
    const isOpen = decision.answer === 'out-of-budget' && performance.now() < limits.untilMs;
    return { key, decision: isOpen && keys.length > 1 ? decideKey(key, limits) : decision };
  });
}

/** The limit that was reached, as a clause. */
function describeBudget({ untilMs }: Limits, { budget }: CheckContext): string {
  return performance.now() >= untilMs
    ? `The time of ${budget.timeMs / 1_000} s ran out`
    : `The memory for ${budget.states} situations ran out`;
}

function describePass(keys: readonly KeyOperations[]): string {
  const judged = keys.reduce((sum, { reads, writes }) => sum + reads.length + writes.length, 0);
  const passed = `${count(judged, 'operation')} on ${count(keys.length, 'key')} ${judged === 1 ? 'is' : 'are'} linearizable`;
  const { most, pairs, overlapping } = measureOverlap(keys);
  if (!keys.some(hasSeenValue)) return `${passed}; no value was read.`;
  if (overlapping === 0) return `${passed}; none overlapped on a key.`;
  const share = Number(((100 * overlapping) / pairs).toPrecision(2));
  return `${passed}; at most ${most} overlapped on one key, ${share} % of the pairs that share a key.`;
}

function hasSeenValue({ reads, writes }: KeyOperations): boolean {
  return reads.length > 0 || writes.some(({ returned }) => returned !== undefined);
}

function asRefusal(key: KeyOperations, decision: Decision): Refusal[] {
  switch (decision.answer) {
    case 'contradiction':
    case 'no-order':
      return [{ key, decision }];
    case 'linearizable':
    case 'out-of-budget':
      return [];
  }
}

function judgedPart(operations: readonly Operation[]): KeyOperations {
  const reads = operations.filter(({ op, outcome }) => op === 'get' && outcome === 'ok');
  const writes = operations.filter(({ op, outcome }) => op !== 'get' && outcome !== 'failed');
  return { reads, writes, answers: findAnswers(reads, writes) };
}

/** If several keys are refused, the one that explains most is reported. */
function refuse(
  refused: readonly Refusal[],
  limits: Limits,
  { timeline }: CheckContext,
): FailFinding {
  const best = mostTelling(refused, limits);
  const { rule, symptom, operation, says } = best;
  const operations = best.core.slice(-MAX_SHOWN);
  return failFinding({
    by: NAME,
    rule,
    symptom,
    operation,
    says,
    evidence: { operations, events: eventsAround(operations, timeline) },
  });
}

function mostTelling(refused: readonly Refusal[], limits: Limits): Explanation {
  let best: Explanation | undefined;
  for (const refusal of refused) {
    for (const next of explainAll(findCores(refusal, limits), refusal.key)) {
      if (best === undefined || tellsMore(next, best)) best = next;
    }
    // A loss takes two operations at least: nothing tells more than such a pair.
    if (best !== undefined && isLoss(best) && best.core.length === 2) break;
  }
  if (best === undefined) throw new Error('linearizability: no key was refused');
  return best;
}

function tellsMore(a: Explanation, b: Explanation): boolean {
  return isLoss(a) === isLoss(b) ? a.core.length < b.core.length : isLoss(a);
}

function isLoss({ symptom }: Explanation): boolean {
  return symptom === 'lost-acknowledged-write';
}

function count(items: number, name: string): string {
  return `${items} ${name}${items === 1 ? '' : 's'}`;
}
