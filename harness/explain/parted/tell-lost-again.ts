/** Tells how a server came to be without a write that it had been given. */

import { at, nameOf, nameOfCall, tellReceipt } from './receipt-phrases.js';
import { lastStateWithout, type Missing } from './missing.js';
import { receiptsOf, startOf, type Receipt } from './receipts.js';

export function tellRestarted({ write, answer, shown, trace }: Missing): string[] {
  const { server } = answer;
  return [
    `The data went at ${at(startOf(server, trace, answer.atMs))}: ${server}, which had ${write.client}'s ${write.op} since ${at(shown.atMs)}, was started again. No call has brought it the ${write.op} since.`,
  ];
}

/** It had been given the write, and answered without it. */
export function tellLostAgain(missing: Missing, given: readonly Receipt[]): string[] {
  const { write, answer } = missing;
  const last = given.at(-1);
  if (last === undefined) return [];
  const had = `${tellReceipt(last, nameOf(write))}.`;
  const without = lastStateWithout(missing, last.atMs);
  if (without !== undefined) {
    const { deliveredMs = 0 } = without;
    return [
      `The servers part at ${at(deliveredMs)}: ${nameOfCall(without)} reaches ${answer.server} without ${nameOf(write)} and replaces what it had.`,
      had,
    ];
  }
  const older = receiptOfShown(missing, last.atMs, 'after');
  if (older !== undefined) {
    return [
      `The servers part at ${at(older.atMs)}: ${nameOfCall(older.call)} brings ${answer.server} the older write, whose value it answered.`,
      had,
    ];
  }
  if (last.fate === 'never answered') return [had];
  const kept = receiptOfShown(missing, last.atMs, 'before');
  if (kept !== undefined) {
    return [
      `The servers part at ${at(last.atMs)}: ${nameOfCall(last.call)} brings ${answer.server} ${nameOf(write)}, and ${answer.server} keeps the older value that it had been given at ${at(kept.atMs)} by ${nameOfCall(kept.call)}.`,
    ];
  }
  return [
    `${had} No call has replaced its data since, so look at what it did with the ${write.op}.`,
  ];
}

/** The put whose value was read, where the server was given it after or before that time. */
function receiptOfShown(
  { read, write, answer, trace }: Missing,
  ms: number,
  side: 'before' | 'after',
): Receipt | undefined {
  const shown = trace.operations.filter(
    ({ op, key, value }) =>
      op === 'put' && key === read.key && value === read.value && value !== '',
  );
  const [put] = shown;
  if (put === undefined || shown.length > 1 || put === write) return undefined;
  if (side === 'before' && (put.returnMs ?? Infinity) > write.callMs) return undefined;
  return receiptsOf(put, trace).findLast(
    ({ server, atMs, fate }) =>
      server === answer.server &&
      (side === 'before' ? atMs < ms : atMs > ms && atMs < answer.atMs) &&
      fate !== 'refused',
  );
}
