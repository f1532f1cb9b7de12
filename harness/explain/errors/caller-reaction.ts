/**
 * What a process did after one of its calls had failed: it tried again, answered its client all the same,
 * or did nothing. This tells a symptom from a mistake.
 */

import { isDeepStrictEqual } from 'node:util';
import { describeMs, previewKey } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import type { TracedCall } from '../../history/trace.js';
import type { ProcessEvent, TimelineEvent } from '../../history/timeline.js';
import { answerOf } from './request-outcome.js';
import type { LostCall } from './match-calls.js';

/** The kit's own records of a run, without the output of programs. */
export interface RunTrace {
  calls: readonly TracedCall[];
  operations: readonly Operation[];
  timeline: readonly TimelineEvent[];
  /** Its name; a clerk that asks it for the view does not try again by that. */
  viewService: string;
}

/** Something that a process did, as a phrase without its subject. */
interface Deed {
  atMs: number;
  text: string;
}

/** The clause of a sentence that begins with the name of the process. */
export function describeAftermath(call: LostCall, trace: RunTrace): string {
  if (call.operation === undefined && call.method === undefined) {
    return 'the request is not known';
  }
  const deeds = [...retries(call, trace), ...answers(call, trace)].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
  const told =
    deeds.length > 0 ? deeds.map(({ text }) => text).join(', and ') : describeInaction(call, trace);
  return `${call.from} ${told}`;
}

function retries(call: LostCall, { calls, viewService }: RunTrace): Deed[] {
  const again = calls
    .filter((other) => isRetry(other, call, viewService))
    .toSorted((a, b) => a.startMs - b.startMs);
  const [first] = again;
  if (first === undefined) return [];
  const whom = first.to === call.to ? '' : ` with ${first.to}`;
  const after = describeMs(Math.round(first.startMs - call.endMs));
  const last = again.at(-1) ?? first;
  const times = again.length === 1 ? '' : `, ${again.length} times in all`;
  const text = `tried again${whom} ${after} later${times} (${describeEnd(last)})`;
  return [{ atMs: first.startMs, text }];
}

function isRetry(other: TracedCall, call: LostCall, viewService: string): boolean {
  if (other.from !== call.from || other.startMs < call.endMs) return false;
  if ((other.to === viewService) !== (call.to === viewService)) return false;
  // A request that was lost unread has no method, and is known by its operation alone.
  const mayBeSame = [other.method, call.method].includes(undefined) || other.method === call.method;
  if (call.operation !== undefined) return mayBeSame && other.operation === call.operation;
  return (
    other.method === call.method &&
    other.to === call.to &&
    call.args !== undefined &&
    isDeepStrictEqual(other.args, call.args)
  );
}

function describeEnd(call: TracedCall): string {
  if (call.ending === 'open') return 'which was never answered';
  if (call.ending !== 'answered') return `which ended with ${call.ending}`;
  const answer = answerOf(call);
  return answer.kind === 'refused' ? `answered ${JSON.stringify(answer.why)}` : 'answered';
}

/** The answer of the process to the caller that it served; of a clerk, to its user. */
function answers(call: LostCall, trace: RunTrace): Deed[] {
  const operation = trace.operations.find(({ id }) => id === call.operation);
  if (operation?.client === call.from) return reports(operation, call, trace);
  const served = servedRequest(call, trace);
  if (served === undefined) return [];
  const what = operation === undefined ? `${served.from}'s request` : describe(operation);
  const { repliedMs, endMs = Infinity, ending } = served;
  if (repliedMs === undefined) {
    // An answer on a connection that had ended before cannot be seen.
    const text =
      ending === 'open' ? 'never answered' : 'lost the connection before it could answer';
    return [{ atMs: endMs, text: `${text} ${what}` }];
  }
  const answer = answerOf(served);
  const how = answer.kind === 'refused' ? ` with ${JSON.stringify(answer.why)}` : '';
  const done = answer.kind === 'done' ? ' as done' : '';
  return [{ atMs: repliedMs, text: `then answered ${what}${how}${done}` }];
}

/** Only what a clerk reports without having tried again says something about this call. */
function reports(operation: Operation, call: LostCall, trace: RunTrace): Deed[] {
  const retried = trace.calls.some((other) => isRetry(other, call, trace.viewService));
  const { op, key, outcome, returnMs = 0 } = operation;
  if (retried || outcome !== 'ok' || returnMs < call.endMs) return [];
  return [{ atMs: returnMs, text: `then considered its ${op} of ${previewKey(key)} done` }];
}

/** The request that the process was serving with this call: the one that carries the same operation. */
function servedRequest(call: LostCall, { calls }: RunTrace): TracedCall | undefined {
  if (call.operation === undefined) return undefined;
  return calls.find(
    ({ operation, to, reached, deliveredMs = Infinity, repliedMs = Infinity }) =>
      operation === call.operation &&
      (reached ?? to) === call.from &&
      deliveredMs <= call.startMs &&
      repliedMs >= call.endMs,
  );
}

function describeInaction({ from, endMs }: LostCall, { timeline }: RunTrace): string {
  const end = timeline.find(
    (event): event is ProcessEvent =>
      (event.kind === 'killed' || event.kind === 'exited') &&
      event.process === from &&
      event.atMs >= endMs,
  );
  if (end === undefined) return 'did nothing more that could be seen';
  const how = end.kind === 'killed' ? 'was killed' : 'ended by itself';
  return `did nothing more until it ${how} ${describeMs(Math.round(end.atMs - endMs))} later`;
}

function describe({ client, op, key }: Operation): string {
  return `${client}'s ${op} of ${previewKey(key)}`;
}
