/** Judges a history that was recorded elsewhere, from its bytes alone. */

import { DEFAULT_BUDGET } from './checker.js';
import { linearizability } from './linearizability.js';
import { decodeHistory } from '../history/decode-text.js';
import { readHistory } from '../history/format.js';
import type { History } from '../history/operation.js';
import type { FailFinding, PassFinding, UnknownFinding } from '../lab/verdict.js';

/** Situations remembered at most, however much time is given: a bound on memory, of some GB. */
const MAX_STATES = 4_000_000;

/** A history can be unknown for one reason more than a run: nothing in it succeeded. */
export type HistoryFinding =
  | PassFinding
  | FailFinding
  | (Omit<UnknownFinding, 'cause'> & { cause: UnknownFinding['cause'] | 'nothing-succeeded' });

export interface CheckedHistory {
  finding: HistoryFinding;
  operations: number;
  /** How long judging took, without reading. */
  durationMs: number;
}

/**
 * The finding on a history in one of the known formats, for which the checker may take so long; throws
 * `HistoryFormatError` if it is in none of them.
 */
export function checkHistory(bytes: Uint8Array, budgetMs = DEFAULT_BUDGET.timeMs): CheckedHistory {
  const history = readHistory(decodeHistory(bytes));
  const startMs = performance.now();
  const finding = findingOn(history, budgetMs);
  return { finding, operations: history.length, durationMs: performance.now() - startMs };
}

function findingOn(history: History, timeMs: number): HistoryFinding {
  if (!history.some(({ outcome }) => outcome === 'ok')) {
    const says = 'No operation succeeded, so nothing was shown.';
    return { verdict: 'unknown', by: linearizability.name, cause: 'nothing-succeeded', says };
  }
  const more = Math.max(1, timeMs / DEFAULT_BUDGET.timeMs);
  const states = Math.min(MAX_STATES, DEFAULT_BUDGET.states * more);
  return linearizability.check(history, { timeline: [], budget: { timeMs, states } });
}
