/** Tells in which views the servers were when one of them answered what it should not have answered. */

import { VIEW_SERVICE } from '../../cluster/cluster.js';
import type { Belief } from '../../history/beliefs.js';
import type { Operation } from '../../history/operation.js';
import type { View } from '../../history/timeline.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';
import { answerTo, type Answer } from './answered-by.js';
import { MAX_NAMED, viewOf, type Missing } from './missing.js';
import { at, nameOf, nameOfCall, saidIn } from './receipt-phrases.js';
import { fateOf, isState, startOf, type Trace } from './receipts.js';
import { tellFailed } from './tell-never-given.js';

/** A server that was deposed, or that joined later; none if the views do not tell. */
export function tellViews(missing: Missing): string[] {
  if (isDeposed(missing)) return tellDeposed(missing);
  const joined = joinedLater(missing);
  return joined === undefined ? [] : tellJoined(missing, joined);
}

/** Whether the server that answered was still in an earlier view than that in which the write was done. */
function isDeposed({ answer, shown, trace }: Missing): boolean {
  const current = viewOf(shown.server, shown.atMs, trace);
  const own = viewOf(answer.server, answer.atMs, trace);
  return current !== undefined && own !== undefined && own.viewnum < current.viewnum;
}

/** Whether the server that answered joined only after the write had been done. */
function joinedLater({ answer, shown, trace }: Missing): Belief | undefined {
  const isMember = ({ view: { primary, backup } }: Belief) =>
    primary === answer.server || backup === answer.server;
  const own = trace.beliefs.filter(({ process }) => process === answer.server);
  const [first] = own.filter(isMember);
  return first !== undefined && first.fromMs > shown.atMs && first.fromMs < answer.atMs
    ? first
    : undefined;
}

function tellJoined(missing: Missing, { view, fromMs }: Belief): string[] {
  const { write, answer, shown, trace } = missing;
  const { server } = answer;
  const role = view.primary === server ? 'primary' : 'backup';
  const lost = trace.calls.filter(
    (call) =>
      calleeOf(call) === server &&
      !trace.clients.has(call.from) &&
      call.startMs > shown.atMs &&
      call.deliveredMs === undefined,
  );
  return [
    `The servers part at ${at(fromMs)}: ${server} becomes ${role} in view ${view.viewnum}, and no call has brought it ${nameOf(write)}, which ${shown.server} had done at ${at(shown.atMs)}.`,
    ...lost.slice(0, MAX_NAMED).map(tellFailed),
  ];
}

function tellDeposed({ read, write, answer, shown, trace }: Missing): string[] {
  const current = viewOf(shown.server, shown.atMs, trace);
  const own = viewOf(answer.server, answer.atMs, trace);
  if (current === undefined || own === undefined) return [];
  return [
    `The servers part at ${at(shown.atMs)}: in ${membersOf(current)}, ${shown.server} told ${write.client} that its ${write.op} was done; ${answer.server} was still in ${membersOf(own)} when it answered.`,
    ...tellAsked(read, answer, trace),
  ];
}

function membersOf({ viewnum, primary, backup }: View): string {
  return `view ${viewnum} (primary ${primary || 'none'}, backup ${backup || 'none'})`;
}

/** Which servers it asked before it answered the operation. */
function tellAsked({ op }: Operation, { server, atMs, call }: Answer, trace: Trace): string[] {
  const { deliveredMs = 0 } = call;
  const asked = trace.calls.filter(
    ({ from, startMs }) => from === server && startMs >= deliveredMs && startMs <= atMs,
  );
  if (asked.length === 0)
    return [tellAskedNone(op, server, cutFrom(server, deliveredMs, atMs, trace))];
  return asked.slice(0, MAX_NAMED).map((one) => {
    const made = nameOfCall(one).slice(server.length + 3);
    return `Before it answered, ${server} made ${made} to ${calleeOf(one)}${fateBy(atMs, one)}.`;
  });
}

/** A dial to a socket that is away, or to a server that does not run, leaves no call. */
function tellAskedNone(op: string, server: string, cut: readonly string[]): string {
  if (cut.length === 0) {
    return `No call of ${server} to another server was seen before it answered the ${op}.`;
  }
  const links = cut.length === 1 ? 'link' : 'links';
  const were = cut.length === 1 ? 'was' : 'were';
  return `No call of ${server} reached another server before it answered the ${op}; its ${links} to ${cut.join(' and ')} ${were} cut.`;
}

/** The servers to which the link of this one was cut at some time between, in ms. */
function cutFrom(server: string, fromMs: number, untilMs: number, { timeline }: Trace): string[] {
  const cuts = timeline.filter(
    (event) =>
      event.kind === 'fault' &&
      event.call === undefined &&
      event.from === server &&
      event.to !== VIEW_SERVICE &&
      event.atMs <= untilMs &&
      (event.untilMs ?? Infinity) >= fromMs,
  );
  return [...new Set(cuts.flatMap((event) => (event.kind === 'fault' ? event.to : [])))];
}

function fateBy(atMs: number, call: TracedCall): string {
  const callee = calleeOf(call);
  if (call.deliveredMs === undefined) return `, which did not reach it`;
  if ((call.repliedMs ?? Infinity) > atMs) return `, and had no answer by then`;
  switch (fateOf(call)) {
    case 'answered':
      return `, which answered`;
    case 'refused':
      return `, which refused: ${saidIn(call)}`;
    case 'answer lost':
    case 'never answered':
      return `, and did not hear the answer of ${callee}`;
  }
}

/** Sentences about an operation that was answered by a server that had to refuse it. */
export function tellUnentitled(operation: Operation, trace: Trace): string[] {
  const answer = answerTo(operation, trace);
  if (answer === undefined) return [];
  const { server, atMs } = answer;
  return [
    `${server} answered ${nameOf(operation)} at ${at(atMs)}${tellStanding(server, atMs, trace)}.`,
    ...tellEmpty(server, atMs, trace),
    ...tellAsked(operation, answer, trace),
  ];
}

function tellStanding(server: string, atMs: number, trace: Trace): string {
  const own = viewOf(server, atMs, trace);
  if (own === undefined) return '';
  const newest = trace.beliefs
    .filter(({ fromMs }) => fromMs <= atMs)
    .reduce((best, one) => (one.view.viewnum > best.view.viewnum ? one : best));
  const still = newest.view.viewnum > own.viewnum;
  const since = still ? `; ${membersOf(newest.view)} was known since ${at(newest.fromMs)}` : '';
  return `, ${still ? 'still ' : ''}in ${membersOf(own)}${since}`;
}

/** A server that was started again and has not been brought any state has none. */
function tellEmpty(server: string, atMs: number, trace: Trace): string[] {
  const startMs = startOf(server, trace, atMs);
  const before = startOf(server, trace, startMs - 1);
  const hasState = trace.calls.some(
    (call) =>
      calleeOf(call) === server && isState(trace, call) && (call.deliveredMs ?? -1) > startMs,
  );
  return before === 0 || before === startMs || hasState
    ? []
    : [`It had been started again at ${at(startMs)}, and no call has brought it data since.`];
}
