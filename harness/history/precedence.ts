/**
 * Which operation came before which. Times alone say that of operations that are apart; where two touch or coincide,
 * as they often do where a clock ticks in ms or seconds, those of one client are in the order in which it made them.
 */

import type { Operation } from './operation.js';

/**
 * The order in which one client made two operations: below 0 if `a` was first. If both began at the same time,
 * the one whose answer took longer is last; otherwise, and without answers, the order is that of the ids.
 */
export function compareOfClient(a: Operation, b: Operation): number {
  return a.callMs - b.callMs || endMs(a) - endMs(b) || a.id - b.id;
}

/** Until when its client waited; an operation that was never answered held up no other. */
function endMs({ callMs, returnMs = callMs }: Operation): number {
  return returnMs;
}

/** Whether `a` was done, with success, before `b` was asked. */
export function precedes(a: Operation, b: Operation): boolean {
  if (a.outcome !== 'ok' || a.returnMs === undefined) return false;
  return a.returnMs < b.callMs || touches(a, b);
}

/** Whether one client asked `b` at the very time at which its `a` had been done with success. */
export function touches(a: Operation, b: Operation): boolean {
  return (
    a.client === b.client &&
    a.outcome === 'ok' &&
    a.returnMs === b.callMs &&
    compareOfClient(a, b) < 0
  );
}
