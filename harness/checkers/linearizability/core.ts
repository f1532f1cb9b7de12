/**
 * Shrinks the operations of a contradicting key to a few that still contradict each other. To leave a
 * read out is to drop it; to leave a write out is to let it happen at any time or never. In what comes
 * out nothing can be left out any more, unless the budget ran out on the way.
 */

import type { Operation } from '../../history/operation.js';
import { contradicts, type KeyOperations } from './decide.js';
import { minimalPart } from './minimal.js';
import { indexPrefixes } from './prefixes.js';
import { readValue } from './problem.js';
import type { Limits } from './search.js';
import { isLate, searchForConflict } from './search-core.js';
import { createUsefulness } from './usefulness.js';

/** Most conflicts of a key that are looked at. */
const MAX_CONFLICTS = 8;

/** Most states of one question; small, because a core that is hard to prove explains little. */
const STATES_PER_QUESTION = 50_000;

/**
 * Contradicting parts of a key, each in order of time. Conflicts are parts that are known to
 * contradict; if none is, the key must, and one is searched for.
 */
export function findCores(
  key: KeyOperations,
  conflicts: readonly Operation[][],
  limits: Limits,
): Operation[][] {
  const bounded = { ...limits, states: Math.min(limits.states, STATES_PER_QUESTION) };
  const told = conflicts.slice(0, MAX_CONFLICTS);
  const related = relatedTo(told.flat(), key);
  const parts =
    told.length > 0
      ? told.map((conflict) => shrink(conflict, related, bounded))
      : [searchForCore(key, bounded)];
  return parts.map((part) => part.toSorted(inTime));
}

/** The reads among some operations, with all writes that can have anything to do with them. */
function relatedTo(operations: readonly Operation[], key: KeyOperations): KeyOperations {
  const kept = new Set(operations);
  const reads = key.reads.filter((read) => kept.has(read));
  const helps = createUsefulness(indexPrefixes(reads.map(readValue)), key.writes);
  const writes = key.writes.filter((write) => kept.has(write) || helps(write));
  return { reads, writes, answers: key.answers };
}

function searchForCore(key: KeyOperations, limits: Limits): Operation[] {
  if (!key.writes.some(({ op }) => op === 'puthash')) return searchForConflict(key, limits);
  return shrink([...key.reads, ...key.writes], key, limits, () => isLate(limits));
}

function shrink(
  conflict: readonly Operation[],
  key: KeyOperations,
  limits: Limits,
  giveUp?: () => boolean,
): Operation[] {
  const kept = new Set(conflict);
  const reads = key.reads.filter((read) => kept.has(read));
  const { writes } = relatedTo(conflict, key);
  const holds = (part: readonly Operation[]) => {
    const timed = new Set(part);
    const posed = writes.map((operation) => ({ operation, relaxed: !timed.has(operation) }));
    const heard = reads.filter((read) => timed.has(read));
    return contradicts({ reads: heard, writes: posed, answers: key.answers }, limits);
  };
  // A read that misses a write says more than reads that disagree: writes are preferred.
  return minimalPart([...writes.filter((write) => kept.has(write)), ...reads], holds, giveUp);
}

function inTime(a: Operation, b: Operation): number {
  return a.callMs - b.callMs || a.id - b.id;
}
