/**
 * The contract of a framing: where one message on a link ends, and what the calls on it say. A relay
 * needs it to tell calls apart on a connection that carries several, to cut inside a message, and to
 * show a person what was asked and answered.
 */

import type { SaidInReply, SaidInRequest } from '../../history/trace.js';

export interface Framing {
  name: string;
  /**
   * How many calls a connection carries: one, and then whatever there is; several, each asked when the one
   * before it has been answered; or several at once, whose replies may come in any order.
   */
  calls: 'one' | 'in turn' | 'at once';
  /** Starts to read what the caller sends on one connection. */
  openRequests(): MessageReader<RequestText>;
  /** The same for the bytes that the callee sends. */
  openReplies(): MessageReader<ReplyText>;
}

/** Reads one direction of a connection. */
export interface MessageReader<Text> {
  /**
   * The offset behind the first message that ends in `piece` behind `from`; or that none does, or that the
   * bytes are not a message of this protocol. It is given every piece of the stream, each byte once.
   */
  endIn(piece: Buffer, from: number): number | 'none' | 'unreadable';
  /**
   * Reads a whole message. It is given each of them once and in order, since what a message means may depend
   * on those before it. Reading is on the way of every call, so it must be cheap: what is costly to decode is
   * decoded when it is first looked at.
   */
  read(message: Buffer): Text;
}

/** The content of a request, and the facts that a relay needs. */
export interface RequestText extends SaidInRequest {
  /** The id that its reply carries, among the replies of simultaneous calls. */
  readonly id?: CallId;
  /** The request as it must be sent on a connection of its own; absent if that is as it is. */
  readonly alone?: () => Buffer;
}

/** The content of a reply, and the call that it answers. */
export interface ReplyText extends SaidInReply {
  readonly id?: CallId;
}

export type CallId = number | string | undefined;
