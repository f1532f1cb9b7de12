/**
 * The contract of a checker: it looks at what was recorded, never at a live process, and says pass,
 * fail or unknown. Checkers are pure apart from the clock that bounds their own time.
 */

import type { History } from '../history/operation.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { WireFacts } from '../history/wire/wire-watch.js';
import type { Finding } from '../lab/verdict.js';

/** The budget of one checker, after which it must say `unknown`. */
export interface Budget {
  /** Wall-clock time, in ms. */
  timeMs: number;
  /** Remembered search states, a bound on memory. */
  states: number;
}

export const DEFAULT_BUDGET: Budget = { timeMs: 10_000, states: 2_000_000 };

export interface CheckContext {
  timeline: readonly TimelineEvent[];
  budget: Budget;
  /** When the run ended, in ms: what was not due by then is not late. Unknown for a history alone. */
  endMs?: number;
  /** Whether the values of operations passed the wire; unknown unless every message could be read. */
  wire?: WireFacts;
}

export interface Checker {
  /** Permanent, kebab-case; it appears in reports. */
  name: string;
  check(history: History, context: CheckContext): Finding;
}
