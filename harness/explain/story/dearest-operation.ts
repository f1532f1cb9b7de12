/** A sample of what cost too much: the operation that took the most calls, with those calls. */

import type { History, Operation } from '../../history/operation.js';
import type { TracedCall } from '../../history/trace.js';

export interface DearestOperation {
  operation: Operation;
  /** In the order of their starts: of its clerk, and of the servers that passed it on. */
  calls: TracedCall[];
}

/** Of calls in the order of their starts; undefined if none belongs to an operation; the earliest one of equals. */
export function dearestOperation(
  history: History,
  calls: readonly TracedCall[],
): DearestOperation | undefined {
  const operationOf = matchOperations(history);
  const all = new Map<Operation, TracedCall[]>();
  for (const call of calls) {
    const operation = operationOf(call);
    if (operation === undefined) continue;
    const own = all.get(operation) ?? [];
    all.set(operation, own);
    own.push(call);
  }
  const [first, ...others] = [...all].map(([operation, own]) => ({ operation, calls: own }));
  return others.reduce(
    (best, next) => (best && countOf(next.calls) > countOf(best.calls) ? next : best),
    first,
  );
}

/** Finds the operation that a call carries, or in which its clerk makes it. */
function matchOperations(history: History): (call: TracedCall) => Operation | undefined {
  const byId = new Map(history.map((operation) => [operation.id, operation]));
  /** Of each client, the operations that have not ended before the last call that was asked for. */
  const ahead = new Map<string, Operation[]>();
  for (const operation of history.toSorted((a, b) => b.callMs - a.callMs)) {
    const own = ahead.get(operation.client) ?? [];
    ahead.set(operation.client, own);
    own.push(operation);
  }
  return ({ from, startMs, operation }) => {
    const carried = operation === undefined ? undefined : byId.get(operation);
    const own = ahead.get(from);
    if (carried !== undefined || own === undefined) return carried;
    while ((own.at(-1)?.returnMs ?? Infinity) < startMs) own.pop();
    const next = own.at(-1);
    return next !== undefined && next.callMs <= startMs ? next : undefined;
  };
}

/** Equal calls may be kept as one. */
function countOf(calls: readonly TracedCall[]): number {
  return calls.reduce((sum, { again }) => sum + 1 + (again?.times ?? 0), 0);
}
