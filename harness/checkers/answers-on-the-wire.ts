/**
 * Whether the clerks have done their operations over the wire: an answer came to its clerk in a reply during the
 * operation, and an acknowledged update left its clerk in a request. A clerk that answers from a file or from memory
 * would hide what its servers have lost. Nothing is concluded from a protocol that cannot be read, that has values in
 * another form, or of which messages are missing.
 */

import { putHashOf } from '../../reference/protocol.js';
import { describeMs, describeOperation, previewKey, previewValue } from '../history/describe.js';
import type { History, Operation } from '../history/operation.js';
import { isSaidInParts, isSaidSomehow } from '../history/wire/said-in.js';
import type { OpenQuestion, WireFacts } from '../history/wire/wire-watch.js';
import { failFinding, type FailFinding, type Finding } from '../lab/verdict.js';
import type { CheckContext, Checker } from './checker.js';
import { pickEvents } from './nearby-events.js';

const NAME = 'answers-on-the-wire';

/** Operations shown. */
const MAX_SHOWN = 3;

/** How long before the first of them an event is shown, in ms. */
const LOOK_BACK_MS = 2000;

/** A clerk that sends an update after it has acknowledged it has made another mistake, and may take this long, in ms. */
const LATE_MS = 2000;

/** So many updates, none of which was ever sent, are not just late. */
const ENOUGH_UPDATES = 3;

/** Most bytes of messages that are looked at closely. */
const MAX_READ_BYTES = 32 * 1024 * 1024;

export const answersOnTheWire: Checker = { name: NAME, check };

function check(_: History, { wire, timeline, endMs = Infinity }: CheckContext): Finding {
  if (wire === undefined)
    return pass('Not all messages can be read, so answers were not looked for in them.');
  const { questions } = wire;
  if (questions.length === 0)
    return pass(`All ${wire.found} values that were looked for passed the wire.`);
  const unexplained = dueBy(endMs, wire).filter(isUnexplained(wire, createAllowance()));
  const [first] = unexplained.toSorted(byCall);
  if (first !== undefined) return fail(first, unexplained, timeline);
  return pass(`Nothing follows from ${questions.length} values that were not found as they are.`);
}

function pass(says: string): Finding {
  return { verdict: 'pass', by: NAME, says };
}

function byCall(a: OpenQuestion, b: OpenQuestion): number {
  return a.operation.callMs - b.operation.callMs || a.operation.id - b.operation.id;
}

/** Without updates that may still have been on their way at the end of the run. */
function dueBy(endMs: number, { questions, updatesSent }: WireFacts): OpenQuestion[] {
  const unsent = questions.filter(({ way }) => way === 'left');
  const noneIsSent = updatesSent === 0 && unsent.length >= ENOUGH_UPDATES;
  return questions.filter(
    ({ way, operation: { returnMs = endMs } }) =>
      way === 'came' || noneIsSent || endMs - returnMs >= LATE_MS,
  );
}

interface Allowance {
  /** Whether so many bytes more may be looked at. */
  take(bytes: number): boolean;
}

function createAllowance(): Allowance {
  let left = MAX_READ_BYTES;
  return { take: (bytes) => (left -= bytes) >= 0 };
}

function isUnexplained({ found }: WireFacts, allowance: Allowance) {
  return ({ operation, way, text, messages, isCut }: OpenQuestion): boolean => {
    // A clerk that was not in touch with any server cannot have had the value in another form either.
    if (messages.length === 0) return !isCut;
    if (found === 0 || isCut) return false;
    if (!allowance.take(messages.reduce((sum, { length }) => sum + length, 0))) return false;
    const texts = [text, ...(way === 'left' ? derivedFrom(operation) : [])];
    if (texts.some((one) => messages.some((message) => isSaidSomehow(message, one)))) return false;
    return !isSaidInParts(messages, text);
  };
}

/** A clerk may do a puthash by a put of the hash. That is a mistake of another kind. */
function derivedFrom({ op, value = '', returned = '' }: Operation): string[] {
  return op === 'puthash' ? [putHashOf(returned, value)] : [];
}

function fail(
  first: OpenQuestion,
  all: readonly OpenQuestion[],
  timeline: CheckContext['timeline'],
): FailFinding {
  const { operation, way } = first;
  const alike = all.filter((one) => one.way === way).toSorted(byCall);
  const operations = alike.slice(0, MAX_SHOWN).map((one) => one.operation);
  const untilMs = Math.max(...operations.map(({ callMs, returnMs = callMs }) => returnMs));
  const more = alike.length > 1 ? ` There are ${alike.length} such operations in this run.` : '';
  return failFinding({
    by: NAME,
    rule: 'kit-wire',
    symptom: way === 'left' ? 'update-never-sent' : 'answer-never-received',
    operation: operation.op,
    beyondTiming: true,
    says: `${way === 'left' ? describeUnsent(first) : describeUnreceived(first)}${more}`,
    evidence: {
      operations,
      events: pickEvents(operations, timeline, operation.callMs - LOOK_BACK_MS, untilMs),
    },
  });
}

function describeUnsent({ operation, messages, peers }: OpenQuestion): string {
  const { client, returnMs = operation.callMs } = operation;
  const said = `${describeOperation(operation)} was acknowledged at ${describeMs(returnMs)}, but ${client} never sent it to a server`;
  if (messages.length === 0) return `${said}: during the operation it sent no request to any.`;
  return `${said}: that value is ${none(messages.length, 'request', 'requests')} that it sent during the operation, to ${peers.join(' and ')}.`;
}

function describeUnreceived({ operation, text, messages, peers }: OpenQuestion): string {
  const { client, op, key, returnMs = operation.callMs } = operation;
  const said = `${client} answered a ${op} of ${previewKey(key)} with ${previewValue(text)} at ${describeMs(returnMs)}, but no server had sent it that value`;
  if (messages.length === 0) return `${said}: no reply came to it during the operation.`;
  return `${said}: it is ${none(messages.length, 'reply', 'replies')} that came to it during the operation, from ${peers.join(' and ')}.`;
}

function none(count: number, one: string, many: string): string {
  return count === 1 ? `not in the one ${one}` : `in none of the ${count} ${many}`;
}
