/**
 * What is known of one call while a run goes on. Its messages are held as they came, and read when somebody
 * looks; to make room they can be given up for an excerpt.
 */

import { carriedOperation } from '../carried-operation.js';
import type { History, Operation } from '../operation.js';
import type { CallEnding, SaidInReply, SaidInRequest, TracedCall } from '../trace.js';
import { excerpt } from './excerpt.js';

/** A longer message is not read when it is given up: reading it would take time in the middle of a run. */
const MAX_LATE_READING_BYTES = 64 * 1024;

interface Message<Text> {
  /** As it was sent; absent once it has been given up. */
  bytes?: Buffer;
  text: Text;
}

/** All but how it ended, what was said and what it carried. */
type CallFacts = Omit<TracedCall, 'ending' | 'method' | 'args' | 'result' | 'error' | 'operation'>;

export interface CallRecord {
  readonly facts: CallFacts;
  /** How it ended for its caller, once it has. */
  ending?: CallEnding;
  request: Message<SaidInRequest> | undefined;
  reply: Message<SaidInReply> | undefined;
  /** When its caller ended the connection, if it did. */
  leftMs?: number;
  /** It asks the view service what an earlier call has asked, and is told the same. */
  isRepeat: boolean;
  /** Its messages have been given up. */
  isBrief: boolean;
}

export function recordCall(
  call: { from: string; to: string; number: number },
  startMs: number,
): CallRecord {
  return {
    facts: { ...call, startMs },
    request: undefined,
    reply: undefined,
    isRepeat: false,
    isBrief: false,
  };
}

/** Ends it for its caller. A caller that had left before can only have taken an answer. */
export function endCall(record: CallRecord, ending: CallEnding, atMs: number): void {
  const { facts, leftMs } = record;
  const hasLeft = ending !== 'answered' && leftMs !== undefined;
  record.ending = hasLeft ? 'caller hung up' : ending;
  facts.endMs = hasLeft ? leftMs : atMs;
}

/** How many bytes of messages it holds. */
export function heldBytes({ request, reply }: CallRecord): number {
  return (request?.bytes?.length ?? 0) + (reply?.bytes?.length ?? 0);
}

/** Keeps no more of its messages than a person reads; how many bytes that has freed. */
export function giveUpMessages(record: CallRecord): number {
  const freed = heldBytes(record);
  const { request, reply } = record;
  record.isBrief = true;
  if (request !== undefined) record.request = { text: inBrief(request, excerptRequest) };
  if (reply !== undefined) record.reply = { text: inBrief(reply, excerptReply) };
  return freed;
}

function inBrief<Text>({ bytes, text }: Message<Text>, excerptOf: (text?: Text) => Text): Text {
  if (bytes === undefined) return text;
  return excerptOf(bytes.length > MAX_LATE_READING_BYTES ? undefined : text);
}

function excerptRequest(text?: SaidInRequest): SaidInRequest {
  const method = text?.method;
  return { method: method && String(excerpt(method)), args: excerpt(text?.args) };
}

function excerptReply(text?: SaidInReply): SaidInReply {
  const error = text?.error;
  return { result: excerpt(text?.result), error: error && String(excerpt(error)) };
}

/** Whether two calls have asked the same and were told the same. */
export function isSaidAgain(one: CallRecord, other: CallRecord): boolean {
  return (
    isSame(one.request, other.request, ({ method, args }) => [method, args]) &&
    isSame(one.reply, other.reply, ({ result, error }) => [result, error])
  );
}

function isSame<Text>(
  one: Message<Text> | undefined,
  other: Message<Text> | undefined,
  read: (text: Text) => readonly unknown[],
): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.bytes && other.bytes?.equals(one.bytes)) return true;
  // Equal calls may differ in a number that only tells them apart. What cannot be read is nothing.
  const [said, before] = [one, other].map(({ text }) => JSON.stringify(excerpt(read(text))));
  return said === before && said !== NOTHING_READ;
}

const NOTHING_READ = JSON.stringify([undefined, undefined]);

/** The call as data, with the operation that it carried. */
export function readCall(record: CallRecord, history: History): TracedCall {
  const { facts, request, reply } = record;
  const { from, to, number, ...course } = facts;
  const operation = operationOf(record, history);
  return {
    from,
    to,
    number,
    ...(request && readRequest(request)),
    ...(operation === undefined ? {} : { operation: operation.id }),
    ...course,
    ...endingOf(record),
    ...(reply && readReply(reply)),
  };
}

function endingOf({ ending, leftMs }: CallRecord): Pick<TracedCall, 'ending' | 'endMs'> {
  if (ending !== undefined) return { ending };
  return leftMs === undefined ? { ending: 'open' } : { ending: 'caller hung up', endMs: leftMs };
}

function operationOf({ facts, request }: CallRecord, history: History): Operation | undefined {
  const { from, startMs } = facts;
  const isUnderWay = ({ callMs, returnMs = Infinity }: Operation) =>
    callMs <= startMs && startMs <= returnMs;
  const own = history.filter(({ client }) => client === from);
  // A client has one operation under way at a time.
  if (own.length > 0) return own.findLast(isUnderWay);
  if (request === undefined) return undefined;
  const { bytes, text } = request;
  return carriedOperation(history.filter(isUnderWay), { bytes, args: text.args });
}

function readRequest({ bytes, text }: Message<SaidInRequest>): Pick<TracedCall, 'method' | 'args'> {
  const { method, args } = bytes === undefined ? text : excerptRequest(text);
  return {
    ...(method === undefined ? {} : { method }),
    ...(args === undefined ? {} : { args }),
  };
}

function readReply({ bytes, text }: Message<SaidInReply>): Pick<TracedCall, 'result' | 'error'> {
  const { result, error } = bytes === undefined ? text : excerptReply(text);
  return {
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
  };
}
