/**
 * The runs of one scenario on one submission under sequential stopping, in the order of their index, whatever
 * the order in which they end: so the decision does not depend on how many run at once, nor on where a grading
 * was interrupted. A run that could not be judged may have failed, so more passes are needed after it.
 */

import type { Verdict } from '../../../harness/index.js';
import type { Stopping } from './stopping.js';
import { decide, leastRunsToDecision, likelyRunsToDecision, type Decision } from './wald-test.js';

export interface Sequence {
  /** Takes a settled run into account; runs after the decision change nothing. */
  settle(position: number, verdict: Verdict): void;
  /** The runs that count so far: those before the first that is not settled, up to the decision. */
  readonly counted: number;
  /** Those of them that say something. */
  readonly usable: number;
  /** Undefined as long as more runs are needed. */
  readonly decision: Decision | 'undecided' | undefined;
  /** The least number of further usable runs that it takes to decide. */
  readonly leastRunsLeft: number;
  /** The number that it takes if they go on as they began; no more than there are. */
  readonly likelyRunsLeft: number;
}

/** A sequence of at most `length` runs, none of them settled. */
export function openSequence(stopping: Stopping, length: number): Sequence {
  const settled = new Map<number, Verdict>();
  const seen = { pass: 0, fail: 0, unknown: 0 };
  let counted = 0;
  let decided: Decision | undefined;

  const isOpen = () => decided === undefined && counted < length;
  return {
    settle(position, verdict) {
      if (position < counted || !isOpen()) return;
      settled.set(position, verdict);
      for (let next = settled.get(counted); next !== undefined; next = settled.get(counted)) {
        settled.delete(counted);
        counted += 1;
        seen[next] += 1;
        decided = decide(stopping, seen.fail, seen.pass, seen.unknown);
        if (!isOpen()) return;
      }
    },
    get counted() {
      return counted;
    },
    get usable() {
      return seen.pass + seen.fail;
    },
    get decision() {
      return decided ?? (isOpen() ? undefined : 'undecided');
    },
    get leastRunsLeft() {
      return isOpen() ? leastRunsToDecision(stopping, seen.fail, seen.pass, seen.unknown) : 0;
    },
    get likelyRunsLeft() {
      if (!isOpen()) return 0;
      return Math.min(
        length - counted,
        likelyRunsToDecision(stopping, seen.fail, seen.pass, seen.unknown),
      );
    },
  };
}
