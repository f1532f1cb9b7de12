/** Which server answered an operation. */

import type { Operation } from '../../history/operation.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';
import { fateOf, type Trace } from './receipts.js';

export interface Answer {
  server: string;
  call: TracedCall;
  /** When the server answered, in ms. */
  atMs: number;
}

/** The last call of its client that was answered; undefined if there is none, or it may be about something else. */
export function answerTo(operation: Operation, { calls }: Trace): Answer | undefined {
  const { id, client, returnMs, outcome } = operation;
  if (outcome !== 'ok' || returnMs === undefined) return undefined;
  const call = calls.findLast(
    (one) =>
      one.from === client &&
      one.operation === id &&
      one.ending === 'answered' &&
      (one.endMs ?? Infinity) <= returnMs &&
      fateOf(one) === 'answered',
  );
  if (call?.repliedMs === undefined || !canBeAnswer(call, operation)) return undefined;
  return { server: calleeOf(call), call, atMs: call.repliedMs };
}

/** The texts of an answer are cut, so only their beginnings are compared. */
function canBeAnswer({ method, result }: TracedCall, { op, value = '' }: Operation): boolean {
  if (op !== 'get' || method === undefined || result === undefined || value === '') return true;
  return JSON.stringify(result).includes(JSON.stringify(value.slice(0, 100)).slice(1, -1));
}
