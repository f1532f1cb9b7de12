/**
 * Narrows a key that the search refused down to a contradicting part, by asking about parts of it: the
 * reads up to the earliest time at which they contradict, the fewest of those, and the writes whose
 * times they need.
 */

import type { Operation } from '../../history/operation.js';
import { contradicts, type KeyOperations } from './decide.js';
import { minimalPart } from './minimal.js';
import { indexPrefixes } from './prefixes.js';
import { findOverwritten } from './overwritten.js';
import { readValue } from './problem.js';
import type { Limits } from './order-search.js';
import type { PosedWrite } from './span.js';
import { NO_ANSWERS } from './unanswered.js';
import { createUsefulness, type Usefulness } from './usefulness.js';

/**
 * Operations that contradict each other, as few as the limits allow. Those of the key must contradict,
 * and have no puthashes among them.
 */
export function searchForConflict({ reads, writes }: KeyOperations, limits: Limits): Operation[] {
  const overwritten = findOverwritten(reads, writes);
  if (overwritten !== undefined) return overwritten;
  const keptReads = coreReads(reads, writes, limits);
  return [...keptReads, ...coreWrites(keptReads, writes, limits)];
}

/** Whether reads contradict when only some of the writes keep their times. Unknown counts as no. */
function contradict(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  helps: Usefulness,
  limits: Limits,
): boolean {
  // Posing a question costs time as well.
  if (isLate(limits)) return false;
  return contradicts({ reads, writes, answers: NO_ANSWERS, helps }, limits);
}

function coreReads(
  reads: readonly Operation[],
  writes: readonly Operation[],
  limits: Limits,
): Operation[] {
  const helps = helpTo(reads, writes);
  const holds = (part: readonly Operation[]) => {
    const untilMs = lastReturnMs(part);
    // Writes called later than all reads returned can take effect after them, whatever else holds.
    const posed = writes
      .filter(({ callMs }) => callMs <= untilMs)
      .map((operation) => ({ operation, relaxed: false }));
    return contradict(part, posed, helps, limits);
  };
  const inTime = reads.toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0));
  const end = firstContradicting(inTime, holds);
  const last = inTime.slice(end - 1, end);
  if (holds(last)) return last;
  const before = inTime.slice(0, end - 1).toReversed();
  const withLast = (part: readonly Operation[]) => holds([...last, ...part]);
  const near = before.slice(0, firstContradicting(before, withLast));
  return [...last, ...minimalPart(near, withLast, () => isLate(limits))];
}

/**
 * The least number of items from the front that contradict, given that all do. It starts with few,
 * because questions about few are quick.
 */
function firstContradicting(
  items: readonly Operation[],
  holds: (part: readonly Operation[]) => boolean,
): number {
  let from = 1;
  let to = 2;
  while (to < items.length && !holds(items.slice(0, to))) {
    from = to + 1;
    to *= 2;
  }
  to = Math.min(to, items.length);
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(items.slice(0, middle))) to = middle;
    else from = middle + 1;
  }
  return to;
}

/** Whether the time for it is up. */
export function isLate({ untilMs }: Limits): boolean {
  return performance.now() >= untilMs;
}

function lastReturnMs(reads: readonly Operation[]): number {
  return reads.reduce((latest, { returnMs = 0 }) => Math.max(latest, returnMs), 0);
}

function coreWrites(
  reads: readonly Operation[],
  writes: readonly Operation[],
  limits: Limits,
): Operation[] {
  const helps = helpTo(reads, writes);
  const useful = new Set(writes.filter(helps));
  const lastReturn = lastReturnMs(reads);
  // Any other write neither helps a read nor, coming later than all of them, binds one.
  const telling = writes.filter((write) => useful.has(write) || write.callMs <= lastReturn);
  const holds = (part: readonly Operation[]) => {
    const kept = new Set(part);
    const posed = [...new Set([...useful, ...part])].map((operation) => ({
      operation,
      relaxed: !kept.has(operation),
    }));
    return contradict(reads, posed, helps, limits);
  };
  if (holds([])) return [];
  const missed = latestMissed(reads, writes, useful);
  if (missed !== undefined && holds([missed])) return [missed];
  const inQuestion = telling.toSorted((a, b) => b.callMs - a.callMs);
  const late = inQuestion.filter(({ callMs }) => callMs > lastReturn);
  const isRegister = writes.every(({ op }) => op === 'put');
  if (!isRegister || late.length === 0 || holds(late)) {
    return minimalPart(inQuestion, holds, () => isLate(limits));
  }
  // A register is given the same values again and again: what was asked after all reads had returned keeps its time,
  // and need not be shown for it.
  const early = inQuestion.slice(late.length);
  return minimalPart(
    early,
    (part) => holds([...late, ...part]),
    () => isLate(limits),
  );
}

function helpTo(reads: readonly Operation[], writes: readonly Operation[]): Usefulness {
  return createUsefulness(indexPrefixes(reads.map(readValue)), writes);
}

/** The likeliest culprit: of the writes no read shows, the last to return before one of them began. */
function latestMissed(
  reads: readonly Operation[],
  writes: readonly Operation[],
  useful: Set<Operation>,
): Operation | undefined {
  const lastCall = Math.max(...reads.map(({ callMs }) => callMs));
  return writes
    .filter((write) => write.outcome === 'ok' && (write.returnMs ?? lastCall) < lastCall)
    .filter((write) => !useful.has(write))
    .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0))
    .at(-1);
}
