/**
 * The facts about one call while a run goes on. Its messages are kept unread and are decoded on demand;
 * to make room they can be replaced by an excerpt.
 */

import type { Operation } from '../operation.js';
import type { CallEnding, Repeats, SaidInReply, SaidInRequest, TracedCall } from '../trace.js';
import { excerpt } from './excerpt.js';

/** A longer message is not read when it is given up: reading it would take time in the middle of a run. */
const MAX_LATE_READING_BYTES = 64 * 1024;

interface Message<Text> {
  /** The bytes that were sent; absent once they have been given up. */
  bytes?: Buffer;
  text: Text;
}

/** Every field is there from the beginning: adding them one by one would cost more than all the rest. */
export interface CallRecord {
  readonly from: string;
  readonly to: string;
  readonly number: number;
  readonly startMs: number;
  deliveredMs: number | undefined;
  repliedMs: number | undefined;
  endMs: number | undefined;
  /** How it ended for its caller, once it has. */
  ending: CallEnding | undefined;
  /** When its caller ended the connection, if it did. */
  leftMs: number | undefined;
  fault: string | undefined;
  reached: string | undefined;
  request: Message<SaidInRequest> | undefined;
  /** How long the request was, in bytes; it stays known when the request itself is given up. */
  requestBytes: number;
  reply: Message<SaidInReply> | undefined;
  again: Repeats | undefined;
  /** It asks the view service what an earlier call has asked, and is told the same. */
  isRepeat: boolean;
  /** Its messages have been given up. */
  isBrief: boolean;
}

export function recordCall(
  { from, to, number }: { from: string; to: string; number: number },
  startMs: number,
): CallRecord {
  return {
    from,
    to,
    number,
    startMs,
    deliveredMs: undefined,
    repliedMs: undefined,
    endMs: undefined,
    ending: undefined,
    leftMs: undefined,
    fault: undefined,
    reached: undefined,
    request: undefined,
    requestBytes: 0,
    reply: undefined,
    again: undefined,
    isRepeat: false,
    isBrief: false,
  };
}

/** Ends it for its caller. A caller that had left before can only have taken an answer. */
export function endCall(record: CallRecord, ending: CallEnding, atMs: number): void {
  const { leftMs } = record;
  const hasLeft = ending !== 'answered' && leftMs !== undefined;
  record.ending = hasLeft ? 'caller hung up' : ending;
  record.endMs = hasLeft ? leftMs : atMs;
}

/** How many bytes of messages it holds. */
export function heldBytes({ request, reply }: CallRecord): number {
  return (request?.bytes?.length ?? 0) + (reply?.bytes?.length ?? 0);
}

/** Shortens its messages to what a person reads; returns the freed bytes. */
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
  // Equal calls may differ in a number that only tells them apart. Unreadable content counts as none.
  const [said, before] = [one, other].map(({ text }) => JSON.stringify(excerpt(read(text))));
  return said === before && said !== NOTHING_READ;
}

const NOTHING_READ = JSON.stringify([undefined, undefined]);

/** The call as data, with the operation that it carried. */
export function readCall(record: CallRecord, operation: Operation | undefined): TracedCall {
  const { from, to, number, request, reply, fault, reached, again } = record;
  return {
    from,
    to,
    number,
    ...(request && readRequest(request)),
    ...(operation === undefined ? {} : { operation: operation.id }),
    ...readCourse(record),
    ...(reply && readReply(reply)),
    ...(fault === undefined ? {} : { fault }),
    ...(reached === undefined ? {} : { reached }),
    ...(again === undefined ? {} : { again }),
  };
}

type Course = Pick<TracedCall, 'startMs' | 'deliveredMs' | 'repliedMs' | 'endMs' | 'ending'>;

function readCourse({ startMs, deliveredMs, repliedMs, leftMs, ...end }: CallRecord): Course {
  const { ending = leftMs === undefined ? 'open' : 'caller hung up', endMs = leftMs } = end;
  return {
    startMs,
    ...(deliveredMs === undefined ? {} : { deliveredMs }),
    ...(repliedMs === undefined ? {} : { repliedMs }),
    ...(endMs === undefined ? {} : { endMs }),
    ending,
  };
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
