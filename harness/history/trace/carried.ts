/** Tells after a run which operations its calls carried. */

import { carriedOperation } from '../carried-operation.js';
import type { History, Operation } from '../operation.js';
import type { CallRecord } from './call-record.js';

/** To be asked for calls in the order of their beginning. */
export function operationsOf(history: History): (call: CallRecord) => Operation | undefined {
  const underWayAt = followTime(history);
  const clients = new Set(history.map(({ client }) => client));
  return ({ from, startMs, request }) => {
    const underWay = underWayAt(startMs);
    // A client has one operation under way at a time; one that was never answered, it has given up.
    if (clients.has(from)) return underWay.findLast(({ client }) => client === from);
    return request && carriedOperation(underWay, { bytes: request.bytes, args: request.text.args });
  };
}

/** The operations under way at a time; each time must not be before the last. */
function followTime(history: History): (atMs: number) => Operation[] {
  const coming = history.toSorted((a, b) => b.callMs - a.callMs);
  let underWay: Operation[] = [];
  return (atMs) => {
    while ((coming.at(-1)?.callMs ?? Infinity) <= atMs) underWay.push(...coming.splice(-1));
    underWay = underWay.filter(({ returnMs = Infinity }) => atMs <= returnMs);
    return underWay;
  };
}
