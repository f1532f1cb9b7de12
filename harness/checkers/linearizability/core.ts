/**
 * Shrinks the operations of a contradicting key to a few that still contradict each other. To leave a
 * read out is to drop it; to leave a write out is to let it happen at any time or never (a puthash then
 * still follows the value that it returned). In what comes out nothing can be left out any more, unless
 * the budget ran out on the way.
 */

import type { Operation } from '../../history/operation.js';
import { contradicts, type Decision, type KeyOperations, type Question } from './decide.js';
import { minimalPart } from './minimal.js';
import { indexPrefixes } from './prefixes.js';
import { readValue } from './problem.js';
import type { Limits } from './order-search.js';
import { isLate, searchForConflict } from './search-core.js';
import { createUsefulness } from './usefulness.js';

/** Most conflicts of a key that are looked at. */
const MAX_CONFLICTS = 8;

/** Most states of one question; small, because a core that is hard to prove explains little. */
const STATES_PER_QUESTION = 50_000;

/** Time for the proof that a suspected part contradicts itself, in ms. */
const PROOF_MS = 300;

/** A key that was refused, and how. */
export interface Refusal {
  key: KeyOperations;
  decision: Extract<Decision, { answer: 'contradiction' | 'no-order' }>;
}

/** Contradicting parts of a key, each in order of time; one at least. */
export function findCores({ key, decision }: Refusal, limits: Limits): Operation[][] {
  const bounded = { ...limits, states: Math.min(limits.states, STATES_PER_QUESTION) };
  const parts =
    decision.answer === 'contradiction'
      ? shrinkAll(decision.conflicts, key, bounded)
      : [searchForCore(key, decision.suspects, bounded)];
  return parts.map((part) => part.toSorted(inTime));
}

function shrinkAll(
  conflicts: readonly Operation[][],
  key: KeyOperations,
  limits: Limits,
): Operation[][] {
  const told = conflicts.slice(0, MAX_CONFLICTS);
  const related = relatedTo(told.flat(), key);
  return told.map((conflict) => shrink(conflict, related, limits));
}

/**
 * If puthashes were never answered, operations that contradict everything these are known to have written are
 * suspects. If the contradiction cannot be proved, not even for a set as small, the suspects are reported
 * all the same: the key is certainly refused, and another reason is unlikely.
 */
function searchForCore(
  key: KeyOperations,
  suspects: readonly Operation[][],
  limits: Limits,
): Operation[] {
  if (!key.writes.some(({ op }) => op === 'puthash')) return searchForConflict(key, limits);
  const all = [...key.reads, ...key.writes];
  const answers = { ...key.answers, complete: true };
  const [suspect] = shrinkAll(suspects.slice(0, 1), { ...key, answers }, limits);
  if (suspect === undefined) return shrink(all, key, limits, () => isLate(limits));
  const soon = { ...limits, untilMs: Math.min(limits.untilMs, performance.now() + PROOF_MS) };
  if (contradicts(asQuestion(suspect, key), soon)) return suspect;
  const found = shrink(all, key, soon, () => isLate(soon));
  return isLate(soon) ? suspect : found;
}

/** The reads among some operations, with all writes that can have anything to do with them. */
function relatedTo(operations: readonly Operation[], key: KeyOperations): KeyOperations {
  const kept = new Set(operations);
  const reads = key.reads.filter((read) => kept.has(read));
  const helps = createUsefulness(indexPrefixes(reads.map(readValue)), key.writes);
  const writes = key.writes.filter((write) => kept.has(write) || helps(write));
  return { reads, writes, answers: key.answers };
}

function shrink(
  conflict: readonly Operation[],
  key: KeyOperations,
  limits: Limits,
  giveUp?: () => boolean,
): Operation[] {
  const related = relatedTo(conflict, key);
  const holds = (part: readonly Operation[]) => contradicts(asQuestion(part, related), limits);
  const kept = new Set(conflict);
  const writes = related.writes.filter((write) => kept.has(write));
  // A read that misses a write says more than reads that disagree: writes are preferred.
  return minimalPart([...writes, ...related.reads], holds, giveUp);
}

/** Whether the part of a key contradicts itself. */
function asQuestion(
  part: readonly Operation[],
  { reads, writes, answers }: KeyOperations,
): Question {
  const timed = new Set(part);
  return {
    reads: reads.filter((read) => timed.has(read)),
    writes: writes.map((operation) => ({ operation, relaxed: !timed.has(operation) })),
    answers,
  };
}

function inTime(a: Operation, b: Operation): number {
  return a.callMs - b.callMs || a.id - b.id;
}
