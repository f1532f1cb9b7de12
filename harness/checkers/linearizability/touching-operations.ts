/**
 * Operations of one client that touch: one returned at the time at which the next was called. Their times do not say
 * which came first, their client does. Intervals in time cannot say it either (two clients that each go from one
 * operation to the next at the same time leave open whose came first), so it is a rule beside the times.
 */

import type { Operation } from '../../history/operation.js';
import { compareOfClient, touches } from '../../history/precedence.js';
import { isTraceless, type PosedWrite } from './span.js';

/** The first has to take effect before the second. */
export type Turn = readonly [before: Operation, after: Operation];

/**
 * All turns among the operations of a question. A write whose times were taken away has none. Neither has an append of
 * "", which takes effect unseen: what its client did before it and what after it have their turns with each other.
 */
export function findTurns(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
): readonly Turn[] {
  const turns: Turn[] = [];
  const timed = writes.flatMap(({ operation, relaxed }) =>
    relaxed || isTraceless(operation) ? [] : [operation],
  );
  for (const own of byClient([...reads, ...timed])) {
    let last: Operation | undefined;
    for (const next of own.toSorted(compareOfClient)) {
      if (last !== undefined && touches(last, next)) turns.push([last, next]);
      // Its client did not wait for one that was not answered.
      if (next.outcome === 'ok') last = next;
    }
  }
  return turns;
}

function byClient(operations: readonly Operation[]): Iterable<Operation[]> {
  const clients = new Map<string, Operation[]>();
  for (const operation of operations) {
    const own = clients.get(operation.client);
    if (own === undefined) clients.set(operation.client, [operation]);
    else own.push(operation);
  }
  return clients.values();
}
