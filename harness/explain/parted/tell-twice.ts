/** Tells by which calls a server was given a write that it has done twice, or that it has answered in two ways. */

import type { Operation } from '../../history/operation.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';
import { answerTo } from './answered-by.js';
import { at, nameOf, nameOfCall, saidIn, tellReceipt } from './receipt-phrases.js';
import { fateOf, receiptsOf, startOf, type Receipt, type Trace } from './receipts.js';

/** Most receipts that are told one by one. */
const MAX_TOLD = 4;

interface Doubled {
  server: string;
  receipts: readonly Receipt[];
}

/** Sentences about the read that shows a write twice. */
export function tellTwice(
  { read, write }: { read: Operation; write: Operation },
  trace: Trace,
): string[] {
  const answer = answerTo(read, trace);
  if (answer === undefined) return [];
  const doubled = doublingServer({ server: answer.server, untilMs: answer.atMs }, write, trace);
  if (doubled === undefined) return [];
  const { server, receipts } = doubled;
  const last = receipts.at(-1);
  if (last === undefined) return [];
  const count = receipts.length === 2 ? 'again' : `${receipts.length} times, the last time`;
  return [
    `${server} was given ${nameOf(write)} ${count} at ${at(last.atMs)}, and has done it more than once:`,
    ...tellEach(receipts, trace),
    `${answer.server} answered the read at ${at(answer.atMs)}.`,
  ];
}

/** The server that was given it several times: the one that answered, or one from which that has its state. */
function doublingServer(
  { server, untilMs }: { server: string; untilMs: number },
  write: Operation,
  trace: Trace,
  depth = 0,
): Doubled | undefined {
  const bornMs = startOf(server, trace, untilMs);
  const own = receiptsOf(write, trace).filter(
    (one) =>
      one.server === server && one.atMs < untilMs && one.atMs >= bornMs && one.fate !== 'refused',
  );
  const state = own.findLastIndex(({ way }) => way === 'state');
  const receipts = state === -1 ? own : own.slice(state);
  if (receipts.length > 1 || receipts[0]?.call.fault === 'duplicate-request')
    return { server, receipts };
  const source = receipts[0];
  if (source?.way !== 'state' || depth > 2) return undefined;
  const from = source.call.from === server ? calleeOf(source.call) : source.call.from;
  return doublingServer({ server: from, untilMs: source.call.startMs }, write, trace, depth + 1);
}

function tellEach(receipts: readonly Receipt[], trace: Trace): string[] {
  const shown = receipts.slice(0, MAX_TOLD);
  const left = receipts.length - shown.length;
  return [
    ...shown.map((one) => `  ${at(one.atMs)}: ${tellHow(one, trace)}`),
    ...(left === 0 ? [] : [`  and ${left} more`]),
  ];
}

function tellHow({ call, way, fate }: Receipt, { clients }: Trace): string {
  const what =
    way === 'state'
      ? 'with the state'
      : clients.has(call.from)
        ? 'from the client'
        : 'as a forward';
  const then = {
    answered: '',
    'answer lost': `; the answer did not reach ${call.from}`,
    refused: '',
    'never answered': '; not answered',
  }[fate];
  return `${what}, by ${nameOfCall(call)}${then}`;
}

/** Sentences about a puthash that was asked again because its answer was lost, and got another one then. */
export function tellOtherAnswer(operation: Operation, trace: Trace): string[] {
  const answer = answerTo(operation, trace);
  if (operation.op !== 'puthash' || answer === undefined) return [];
  const before = trace.calls.filter(
    (call) =>
      call.from === operation.client &&
      call.operation === operation.id &&
      call !== answer.call &&
      call.repliedMs !== undefined &&
      fateOf(call) === 'answer lost',
  );
  const [first] = before;
  if (first === undefined || isSameSaid(first, answer.call)) return [];
  return [
    `The answers part at ${at(answer.atMs)}: ${calleeOf(first)} had answered ${nameOf(operation)} with ${saidIn(first)} at ${at(first.repliedMs ?? 0)}, which did not reach ${operation.client}. ${answer.server} answers the retry (${nameOfCall(answer.call).slice(operation.client.length + 3)}) with ${saidIn(answer.call)}.`,
    ...tellReceived(operation, answer.server, trace, answer.atMs),
  ];
}

function isSameSaid(one: TracedCall, other: TracedCall): boolean {
  return JSON.stringify(one.result) === JSON.stringify(other.result);
}

function tellReceived(
  operation: Operation,
  server: string,
  trace: Trace,
  untilMs: number,
): string[] {
  const first = receiptsOf(operation, trace).find(
    (one) => one.server === server && one.fate !== 'refused' && one.atMs < untilMs,
  );
  return first === undefined || (first.fate === 'answered' && first.way === 'client')
    ? []
    : [`${tellReceipt(first, 'it')} first.`];
}
