/**
 * What a fault script can do to one call: read the request, deliver it, await the reply, pass it on
 * whole or in part, or end the conversation in one of the ways a network can. Each world implements
 * it over its own network; a script knows no sockets.
 */

import type { CallerSaw } from '../history/timeline.js';
import type { Random } from '../ground/seed.js';

/** An entry of a script for the fault log. */
export interface CallEffect {
  fault: string;
  callerSaw: CallerSaw;
}

/** One call on a link. It is used by one script at a time and does nothing by itself. */
export interface Call {
  /** The generator of this call's link. */
  readonly random: Random;
  /** The directed link that it is on, as one word: equal for the calls of one link. */
  readonly link: string;
  /** The request if it has been read. */
  readonly request: Buffer | undefined;
  /** Length of the reply in bytes; 0 before it has come. */
  readonly replyLength: number;
  /** Reads the whole request; false if the caller hung up before it was whole. */
  readRequest(): Promise<boolean>;
  /**
   * Like `readRequest`; if the protocol is unknown, and so the end of a request, it reads until the
   * caller pauses.
   */
  readToPause(): Promise<boolean>;
  /** From now on the call goes to the process of this name, whichever was dialled. */
  redirect(to: string): void;
  /** Gives the callee the whole request; false if there is none or the callee cannot be reached on this connection. */
  deliver(): Promise<boolean>;
  /** Gives the callee the first `bytes` of the request, and then the end of the stream; false as above. */
  deliverPart(bytes: number): Promise<boolean>;
  /** Like `deliver`, at this rate; when the fault is healed, the rest goes at once. */
  deliverSlowly(rateBytesPerSec: number): Promise<boolean>;
  /**
   * Gives the callee the request on a connection of its own, whatever has become of the caller, and
   * waits until the callee has dealt with it; its answer is thrown away. False if it cannot be reached.
   */
  deliverApart(): Promise<boolean>;
  /** Waits for the whole reply; false if the callee ended the stream, or the caller hung up, before. */
  awaitReply(): Promise<boolean>;
  /** Passes the reply on; all of it, or only its first `bytes`. */
  passReply(bytes?: number): void;
  /** Ends the caller's stream at once; the callee goes on with what it was given. */
  endStream(): void;
  /** Ends the call as the callee ended it: what came of a reply is passed on, then the end. */
  endAsCallee(): void;
  /**
   * Closes with the request unread: a reset for a caller that has written, else a broken pipe. (On a
   * Unix socket the kernel reports a reset only for unread bytes; once the request has been read, all
   * that a close can show the caller is the end of the stream.)
   */
  closeUnread(): CallerSaw;
  /** Waits `ms`, but not beyond the healing of the fault or the end of the caller. */
  wait(ms: number): Promise<void>;
  /** Like `wait`, but goes on when the caller has ended. */
  waitAlone(ms: number): Promise<void>;
  /** Waits until the fault is healed or the caller hangs up. */
  untilHealed(): Promise<void>;
  /** Enters this call into the fault log. */
  logEffect(effect: CallEffect): void;
}
