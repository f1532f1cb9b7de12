/** Describes calls in the words of the lab: caller, callee, arguments and result. */

import { describeData, describeMs, previewKey } from '../../history/describe.js';
import { calleeOf, type CallEnding, type TracedCall } from '../../history/trace.js';
import { describeRepeats } from './event-moments.js';
import type { Moment } from './story-line.js';

/** A request that took so long to arrive has a line for its arrival, in ms. */
const LATE_MS = 20;

/** An answer that took so long comes with its time, in ms. */
const SLOW_MS = 10;

/** Its beginning, its arrival where that was late, and its end. */
export function momentsOfCall(call: TracedCall): Moment[] {
  const { startMs, endMs } = call;
  const begin: Moment = { atMs: startMs, text: describeBeginning(call), about: call };
  if (endMs === undefined) return [begin, ...lateArrival(call)];
  const end: Moment = {
    atMs: endMs,
    text: describeEnd(call, ENDINGS_APART),
    about: call,
    completes: { moment: begin, briefly: `${waited(call)}${describeEnd(call, ENDINGS)}` },
  };
  return [begin, ...lateArrival(call), end];
}

function describeBeginning(call: TracedCall): string {
  const { from, to, number, method, args, reached, ending } = call;
  const where = reached === undefined ? to : `${to}, but reaches ${reached}:`;
  const what = [where, method && previewKey(method), describeSaid(args)]
    .filter((word) => word !== undefined)
    .join(' ');
  const rest = ending === 'open' ? `; ${describeEnd(call, ENDINGS)}` : '';
  return `${from} calls ${what} (call ${number})${rest}`;
}

function lateArrival(call: TracedCall): Moment[] {
  const { from, number, startMs, deliveredMs, endMs = Infinity } = call;
  if (deliveredMs === undefined || deliveredMs - startMs < LATE_MS) return [];
  const late = deliveredMs > endMs ? ', which has ended for its caller' : '';
  return [
    {
      atMs: deliveredMs,
      text: `${calleeOf(call)} receives ${from}'s call ${number}${late}`,
      about: call,
    },
  ];
}

function describeEnd(call: TracedCall, endings: Endings): string {
  const by = call.fault === undefined ? '' : ` (${call.fault})`;
  return `${endings[call.ending](call)}${by}${describeRepeats(call.again)}`;
}

type Endings = Record<CallEnding, (call: TracedCall) => string>;

/** In the line of the beginning. */
const ENDINGS: Endings = {
  answered: (call) => `${calleeOf(call)} answers${describeAnswer(call, ' ')}`,
  'reset or broken pipe': (call) =>
    `${call.from} sees a reset or a broken pipe; ${describeFate(call)}`,
  'end of stream before the reply': (call) =>
    `${call.from} sees the end of the stream before the reply; ${describeFate(call)}`,
  'end of stream inside the reply': (call) =>
    `${call.from} sees the end of the stream inside the reply; ${describeFate(call)}`,
  'caller hung up': (call) => `${call.from} hangs up; ${describeFate(call)}`,
  open: (call) => `still open when the run ends; ${describeFate(call)}`,
};

/** In a line of its own. */
const ENDINGS_APART: Endings = {
  ...ENDINGS,
  answered: (call) =>
    `${calleeOf(call)} answers ${call.from}'s call ${call.number}${describeAnswer(call, ': ')}`,
  'reset or broken pipe': (call) =>
    `${call.from}'s call ${call.number} to ${call.to} ends with a reset or a broken pipe; ${describeFate(call)}`,
  'end of stream before the reply': (call) =>
    `${call.from}'s call ${call.number} to ${call.to} ends before the reply; ${describeFate(call)}`,
  'end of stream inside the reply': (call) =>
    `${call.from}'s call ${call.number} to ${call.to} ends inside the reply; ${describeFate(call)}`,
  'caller hung up': (call) =>
    `${call.from} hangs up on its call ${call.number} to ${call.to}; ${describeFate(call)}`,
};

function describeAnswer({ error, result }: TracedCall, before: string): string {
  if (error !== undefined) return ` with the error ${describeData(error)}`;
  const said = describeSaid(result);
  return said === undefined ? '' : `${before}${said}`;
}

/** How far a call came that its caller has lost. */
function describeFate(call: TracedCall): string {
  const { deliveredMs, repliedMs, endMs = Infinity } = call;
  const callee = calleeOf(call);
  if (deliveredMs === undefined) return `${callee} did not receive the request`;
  if (deliveredMs > endMs) return `${callee} had not received the request yet`;
  if (repliedMs === undefined) return `${callee} had received the request`;
  if (repliedMs <= endMs) return `${callee} had answered${describeAnswer(call, ' ')}`;
  return `${callee} had received the request and answered${describeAnswer(call, ' ')}, but its answer was dropped`;
}

/** Undefined where nothing was said or it could not be read. */
function describeSaid(data: unknown): string | undefined {
  const isEmpty = typeof data === 'object' && data !== null && Object.keys(data).length === 0;
  return data === undefined || isEmpty ? undefined : describeData(data);
}

/** How long the caller waited; empty if it was not long. */
function waited({ startMs, endMs = startMs }: TracedCall): string {
  const ms = Math.round(endMs - startMs);
  return ms < SLOW_MS ? '' : `after ${describeMs(ms)} `;
}
