/** A read without a write, and what is known about the servers that answered the two. */

import type { Operation } from '../../history/operation.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';
import type { View } from '../../history/timeline.js';
import type { Answer } from './answered-by.js';
import { fateOf, isState, type Receipt, type Trace } from './receipts.js';

/** Most calls that are named for one reason. */
export const MAX_NAMED = 3;

export interface Missing {
  read: Operation;
  write: Operation;
  /** Who answered the read without the write. */
  answer: Answer;
  /** Who showed the write before: it acknowledged it, or answered a read with it. */
  shown: Answer;
  shownIn: 'acknowledged' | 'read';
  /** By which the server that answered had been given the write, in its last life. */
  own: Receipt[];
  others: Receipt[];
  trace: Trace;
}

/** The last state that was brought to the server by then, and that did not have the write. */
export function lastStateWithout(
  { write, answer, trace }: Missing,
  fromMs: number,
): TracedCall | undefined {
  return trace.calls.findLast(
    (call) =>
      calleeOf(call) === answer.server &&
      call.method !== undefined &&
      isState(trace, call) &&
      (call.deliveredMs ?? -1) >= fromMs &&
      (call.deliveredMs ?? Infinity) < answer.atMs &&
      fateOf(call) !== 'refused' &&
      call.holds?.includes(write.id) === false,
  );
}

/** The view that a process believed in at a time. */
export function viewOf(process: string, atMs: number, { beliefs }: Trace): View | undefined {
  return beliefs.findLast(
    (one) => one.process === process && one.fromMs <= atMs && (one.untilMs ?? Infinity) >= atMs,
  )?.view;
}
