/**
 * The contract of a framing: where one message on a link ends, and what the calls on it say. A relay
 * needs it to tell calls apart on a connection that carries several, to cut inside a message, and to
 * show a person what was asked and answered.
 */

import type { ReplyText, RequestText } from '../../history/trace.js';

export type { ReplyText, RequestText };

export interface Framing {
  name: string;
  /** Length in bytes of the first whole message at the start of `bytes`; 0 if it is not whole yet. */
  messageLength(bytes: Buffer): number;
  /** Whether a message can end inside this piece of a stream; a piece that ends none is only kept. */
  mayEndIn(piece: Buffer): boolean;
  /** Whether a connection may carry further messages after the first one. */
  severalCalls: boolean;
  /** Starts to read the calls of one connection. */
  open(): CallReader;
}

/**
 * Reads what is said on one connection. It is given each message once and in order, since what a message
 * means may depend on those before it. Reading is on the way of every call, so it must be cheap: what is
 * costly to decode is decoded when it is first looked at.
 */
export interface CallReader {
  request(bytes: Buffer): RequestText;
  reply(bytes: Buffer): ReplyText;
}
