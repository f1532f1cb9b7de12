/**
 * What a process did when a call of it had failed: tried again, answered its client all the same, or
 * nothing. It is what tells a symptom from a mistake.
 */

import { isDeepStrictEqual } from 'node:util';
import { describeMs, previewKey } from '../history/describe.js';
import type { Operation } from '../history/operation.js';
import type { TracedCall } from '../history/trace.js';
import type { ProcessEvent, TimelineEvent } from '../history/timeline.js';
import { answerOf } from './fate.js';
import type { LostCall } from './join.js';

/** What the kit knows of a run besides what programs print. */
export interface RunTrace {
  calls: readonly TracedCall[];
  operations: readonly Operation[];
  timeline: readonly TimelineEvent[];
  /** Its name; a clerk that asks it for the view does not try again by that. */
  viewService: string;
}

/** The clause of a sentence that begins with the name of the process. */
export function describeAftermath(call: LostCall, trace: RunTrace): string {
  const again = describeRetries(call, trace);
  const told = describeAnswerToClient(call, trace);
  const clauses = [again, told].filter((clause) => clause !== undefined);
  if (clauses.length > 0) return `${call.from} ${clauses.join(', and ')}`;
  return `${call.from} ${describeInaction(call, trace)}`;
}

function describeRetries(call: LostCall, { calls, viewService }: RunTrace): string | undefined {
  const again = calls
    .filter((other) => isRetry(other, call, viewService))
    .toSorted((a, b) => a.startMs - b.startMs);
  const [first] = again;
  if (first === undefined) return undefined;
  const whom = first.to === call.to ? '' : ` with ${first.to}`;
  const after = describeMs(Math.round(first.startMs - call.endMs));
  const last = again.at(-1) ?? first;
  const times = again.length === 1 ? '' : `, ${again.length} times in all`;
  return `tried again${whom} ${after} later${times} (${describeEnd(last)})`;
}

function isRetry(other: TracedCall, call: LostCall, viewService: string): boolean {
  if (other.from !== call.from || other.startMs < call.endMs) return false;
  if (other.method !== call.method) return false;
  if ((other.to === viewService) !== (call.to === viewService)) return false;
  if (call.operation !== undefined) return other.operation === call.operation;
  // Without operation and arguments nothing tells one call from another.
  return (
    call.args !== undefined && other.to === call.to && isDeepStrictEqual(other.args, call.args)
  );
}

function describeEnd(call: TracedCall): string {
  if (call.ending === 'open') return 'which was never answered';
  if (call.ending !== 'answered') return `which ended with ${call.ending}`;
  const answer = answerOf(call);
  return answer.kind === 'refused' ? `answered ${JSON.stringify(answer.why)}` : 'answered';
}

/** What the process told whom it was serving, or its user if it is a clerk. */
function describeAnswerToClient(call: LostCall, trace: RunTrace): string | undefined {
  const operation = trace.operations.find(({ id }) => id === call.operation);
  if (operation?.client === call.from) return describeReport(operation, call, trace);
  const served = servedRequest(call, trace);
  if (served === undefined) return undefined;
  const what = operation === undefined ? `${served.from}'s request` : describe(operation);
  if (served.repliedMs === undefined) return `never answered ${what}`;
  const answer = answerOf(served);
  return answer.kind === 'refused'
    ? `then answered ${what} with ${JSON.stringify(answer.why)}`
    : `then answered ${what}${answer.kind === 'done' ? ' as done' : ''}`;
}

/** Only what a clerk reports without having tried again says something about this call. */
function describeReport(operation: Operation, call: LostCall, trace: RunTrace): string | undefined {
  const retried = trace.calls.some((other) => isRetry(other, call, trace.viewService));
  const { outcome, returnMs = 0 } = operation;
  if (retried || outcome !== 'ok' || returnMs < call.endMs) return undefined;
  return `then took ${describe(operation)} for done`;
}

/**
 * The request that the process was serving with this call: the one that carries the same operation, or
 * the only one under way where the protocol cannot be read.
 */
function servedRequest(call: LostCall, { calls }: RunTrace): TracedCall | undefined {
  const underWay = calls.filter(
    ({ to, reached, deliveredMs = Infinity, repliedMs = Infinity }) =>
      (reached ?? to) === call.from && deliveredMs <= call.startMs && repliedMs >= call.endMs,
  );
  if (call.operation !== undefined) {
    return underWay.find(({ operation }) => operation === call.operation);
  }
  return call.method === undefined && underWay.length === 1 ? underWay[0] : undefined;
}

function describeInaction({ from, endMs }: LostCall, { timeline }: RunTrace): string {
  const end = timeline.find(
    (event): event is ProcessEvent =>
      (event.kind === 'killed' || event.kind === 'exited') &&
      event.process === from &&
      event.atMs >= endMs,
  );
  if (end === undefined) return 'did nothing more about it that could be seen';
  const how = end.kind === 'killed' ? 'was killed' : 'ended by itself';
  return `did nothing more about it until it ${how} ${describeMs(Math.round(end.atMs - endMs))} later`;
}

function describe({ client, op, key }: Operation): string {
  return `${client}'s ${op} of ${previewKey(key)}`;
}
