/** The definition of linearizability as a program: tries every order. For a handful of operations. */

import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../../harness/history/operation.js';

/** Whether the operations of one key can be put into an order that a register would show. */
export function isLinearizable(operations: readonly Operation[]): boolean {
  const counted = operations.filter(({ op, outcome }) =>
    op === 'get' ? outcome === 'ok' : outcome !== 'failed',
  );
  return canFollow(counted, '');
}

/**
 * The write as one that may have happened at any time or never; a puthash that returned a value can still
 * only have followed that value.
 */
export function relax(operation: Operation): Operation {
  return { ...operation, callMs: Number.NEGATIVE_INFINITY, outcome: 'indefinite' };
}

function canFollow(left: readonly Operation[], value: string): boolean {
  if (left.every(({ outcome }) => outcome === 'indefinite')) return true;
  return left.some((next) => {
    if (next.op === 'get' && (next.value ?? '') !== value) return false;
    if (next.op === 'puthash' && (next.returned ?? value) !== value) return false;
    const rest = left.filter((other) => other !== next);
    if (rest.some((other) => mustPrecede(other, next))) return false;
    return canFollow(rest, valueAfter(next, value));
  });
}

function mustPrecede(a: Operation, b: Operation): boolean {
  if (a.outcome !== 'ok' || a.returnMs === undefined) return false;
  return a.returnMs < b.callMs || (a.client === b.client && isAskedFirst(a, b));
}

/** Of operations of one client: whether it made `a` before `b`, even if at the same time. */
function isAskedFirst(a: Operation, b: Operation): boolean {
  if (a.callMs !== b.callMs) return a.callMs < b.callMs;
  const [endA, endB] = [a.returnMs ?? a.callMs, b.returnMs ?? b.callMs];
  return endA === endB ? a.id < b.id : endA < endB;
}

function valueAfter({ op, value = '' }: Operation, before: string): string {
  if (op === 'get') return before;
  if (op === 'puthash') return putHashOf(before, value);
  return op === 'put' ? value : before + value;
}
