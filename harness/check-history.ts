/** Judges a history that was recorded elsewhere, from its text alone. */

import { DEFAULT_BUDGET } from './checkers/checker.js';
import { linearizability } from './checkers/linearizability.js';
import { readHistory } from './history/format.js';
import type { Finding } from './verdict.js';

/** The finding on a history in one of the known formats; throws `HistoryFormatError` if it is none. */
export function checkHistory(text: string): {
  finding: Finding;
  operations: number;
  durationMs: number;
} {
  const history = readHistory(text);
  const startMs = performance.now();
  const finding = linearizability.check(history, { timeline: [], budget: DEFAULT_BUDGET });
  return { finding, operations: history.length, durationMs: performance.now() - startMs };
}
