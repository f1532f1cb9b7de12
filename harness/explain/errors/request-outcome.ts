/** How far a request without a reply came, and why a dial failed, as clauses of a sentence. */

import { describeMs } from '../../history/describe.js';
import type { TracedCall } from '../../history/trace.js';
import type { ProcessEvent, TimelineEvent } from '../../history/timeline.js';
import type { LostCall } from './match-calls.js';

/**
 * What a callee answered: `executed` where the reply does not say whether the operation was done, and
 * `unreadable` where the kit cannot read the protocol.
 */
export type AnswerText =
  { kind: 'done' | 'executed' | 'unreadable' } | { kind: 'refused'; why: string };

/** The kit may note the exit of a callee this long after the end of its calls, in ms. */
const EXIT_SLACK_MS = 50;

/** How far the request of a lost call came. */
export function describeFate(call: LostCall, timeline: readonly TimelineEvent[]): string {
  const callee = call.reached ?? call.to;
  const { deliveredMs, repliedMs, endMs } = call;
  if (deliveredMs === undefined) return `${callee} never received the request`;
  if (deliveredMs > endMs) {
    return `${callee} received the request only ${describeMs(deliveredMs - endMs)} later`;
  }
  if (repliedMs === undefined) {
    const death = timeline.find((event) => isDeathIn(event, callee, { ...call, deliveredMs }));
    if (death !== undefined) {
      return `${callee} received the request and ${wasGone(death)} before it answered, so the request may or may not have been executed`;
    }
    return `${callee} received the request, and ${call.fault === undefined ? 'no answer was seen' : 'it may still have been executing it'}`;
  }
  if (repliedMs > endMs) {
    return `${callee} was still executing it, and ${describeAnswer(call)} ${describeMs(repliedMs - endMs)} later, but its answer was dropped`;
  }
  const lost = call.ending === 'end of stream inside the reply' ? 'cut' : 'lost';
  const { kind } = answerOf(call);
  return kind === 'done' || kind === 'executed'
    ? `the request was executed, the reply was ${lost}`
    : `${callee} ${describeAnswer(call)}, and the reply was ${lost}`;
}

/** Why `process` could not reach `peer` at this time, as far as the kit knows. */
export function describeAbsence(
  process: string,
  peer: string,
  timeline: readonly TimelineEvent[],
  atMs: number,
): string {
  const before = timeline.filter((event) => event.atMs <= atMs);
  const last = before.findLast((event) => isAbout(event, peer));
  if (last === undefined) return `${peer} had not been started`;
  if (last.kind !== 'started') return `${peer} ${wasGone(last)} at ${describeMs(last.atMs)}`;
  const cut = before.findLast(
    (event) =>
      event.kind === 'fault' &&
      event.call === undefined &&
      event.from === process &&
      event.to === peer &&
      (event.untilMs ?? Infinity) >= atMs,
  );
  return cut?.kind === 'fault' && cut.atMs > last.atMs
    ? `the link to it had been removed by ${cut.fault} at ${describeMs(cut.atMs)}`
    : `${peer} had been started at ${describeMs(last.atMs)}, and may not have listened yet`;
}

/** The content of a reply, in the form of the lab or as an error of the call. */
export function answerOf({ method, result, error }: TracedCall): AnswerText {
  if (error !== undefined && error !== '') return { kind: 'refused', why: error };
  if (method === undefined) return { kind: 'unreadable' };
  // The lab's replies say in a field `Err` what went wrong, and there "OK" if nothing did.
  const err = typeof result === 'object' && result !== null && 'Err' in result ? result.Err : '';
  if (typeof err !== 'string' || err === '') return { kind: inOurProtocol(method) };
  return err === 'OK' ? { kind: 'done' } : { kind: 'refused', why: err };
}

/** In the kit's own protocol, an answer without an error means that the operation was done. */
function inOurProtocol(method: string): 'done' | 'executed' {
  return method.startsWith('kv.') || method.startsWith('view.') ? 'done' : 'executed';
}

function describeAnswer(call: TracedCall): string {
  const answer = answerOf(call);
  return answer.kind === 'refused' ? `answered ${JSON.stringify(answer.why)}` : 'answered';
}

/** Whether the callee died while it had the call: a fault may have ended that call before. */
function isDeathIn(
  event: TimelineEvent,
  callee: string,
  { deliveredMs, endMs, fault }: LostCall & { deliveredMs: number },
): event is ProcessEvent {
  if (!isAbout(event, callee) || event.atMs < deliveredMs) return false;
  // The kit notes a kill before any peer can see it; peers see an exit of its own first.
  const slackMs = event.kind === 'exited' && fault === undefined ? EXIT_SLACK_MS : 0;
  return event.kind !== 'started' && event.atMs <= endMs + slackMs;
}

/** Whether the event is a start or an end of this process. */
function isAbout(event: TimelineEvent, process: string): event is ProcessEvent {
  return (
    (event.kind === 'started' || event.kind === 'killed' || event.kind === 'exited') &&
    event.process === process
  );
}

function wasGone({ kind }: ProcessEvent): string {
  return kind === 'killed' ? 'was killed' : 'ended by itself';
}
