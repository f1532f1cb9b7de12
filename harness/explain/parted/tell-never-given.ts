/** Tells why a server was never given a write: the calls with it were lost, or there were none, or a state was without it. */

import { previewValue } from '../../history/describe.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';
import { MAX_NAMED, type Missing } from './missing.js';
import { at, nameOf, nameOfCall, saidIn, tellReceipt } from './receipt-phrases.js';
import { carries, fateOf } from './receipts.js';

export function tellStateWithout({ write, shown, others }: Missing, state: TracedCall): string[] {
  const { deliveredMs = 0, startMs, from } = state;
  const to = calleeOf(state);
  const source = others.findLast(
    ({ server, atMs, fate }) => server === from && atMs <= startMs && fate !== 'refused',
  );
  const had =
    source === undefined
      ? ''
      : ` ${from} itself had been given it at ${at(source.atMs)} by ${nameOfCall(source.call)}.`;
  const moment = startMs < shown.atMs ? shown.atMs : deliveredMs;
  const what =
    startMs < shown.atMs
      ? `${shown.server} has ${nameOf(write)}, and ${nameOfCall(state)} to ${to}, sent at ${at(startMs)}, does not have it. No later call brought it to ${to}`
      : `${nameOfCall(state)} reaches ${to} without ${nameOf(write)}`;
  return [`The servers part at ${at(moment)}: ${what}.${had}`];
}

export function tellNeverGiven(missing: Missing): string[] {
  const { write, answer, shown, shownIn, own } = missing;
  const showing =
    shownIn === 'acknowledged'
      ? `${shown.server} told ${write.client} that its ${write.op} of ${previewValue(write.value)} was done`
      : `${shown.server} answered a read with ${nameOf(write)}`;
  const lost = lostCalls(missing);
  const refusals = own.filter(({ call }) => !lost.includes(call)).slice(0, MAX_NAMED);
  return [
    `The servers part at ${at(shown.atMs)}: ${showing}, and ${answer.server} did not have it.`,
    ...refusals.map((one) => `${tellReceipt(one, 'it')}.`),
    ...lost.slice(-1).map(tellFailed),
  ];
}

/** Calls with the write that did not reach it in time. */
function lostCalls(missing: Missing): TracedCall[] {
  const { write, answer, shown, trace } = missing;
  const towards = trace.calls.filter(
    (call) =>
      calleeOf(call) === answer.server &&
      !trace.clients.has(call.from) &&
      (call.deliveredMs ?? Infinity) > shown.atMs,
  );
  const carrying = towards.filter((call) => carries(call, write) && call.startMs <= answer.atMs);
  return carrying.length > 0 ? carrying : unreadCall(towards, missing);
}

/** The one call whose request was never read that its sender made while it did the write: it can have had nothing else. */
function unreadCall(towards: readonly TracedCall[], { shown, shownIn }: Missing): TracedCall[] {
  const { deliveredMs = Infinity } = shown.call;
  if (shownIn === 'read') return [];
  const found = towards.filter(
    (call) =>
      call.from === shown.server &&
      call.startMs >= deliveredMs &&
      call.startMs <= shown.atMs &&
      isUnread(call),
  );
  return found.length === 1 ? found : [];
}

function isUnread({ method, args, operation, deliveredMs }: TracedCall): boolean {
  return [method, args, operation, deliveredMs].every((one) => one === undefined);
}

export function tellFailed(call: TracedCall): string {
  const { deliveredMs, startMs, fault } = call;
  const by = fault === undefined ? '' : ` (${fault})`;
  const callee = calleeOf(call);
  const made = `${nameOfCall(call)} to ${callee}, made at ${at(startMs)},`;
  if (deliveredMs === undefined) return `${made} did not reach ${callee}${by}.`;
  const then = fateOf(call) === 'refused' ? `; ${callee} refused it: ${saidIn(call)}` : '';
  return `${made} reached ${callee} only at ${at(deliveredMs)}${by}${then}.`;
}
