/**
 * One connection through a relay: the caller's socket on one side, a connection of our own to the
 * callee on the other, and whole messages cut from both streams. It moves bytes when it is told to
 * and decides nothing.
 */

import { connect, type Socket } from 'node:net';
import { connectionFraming } from './framing/connection.js';
import type { CallId, Framing, RequestText } from './framing/framing.js';
import { messagesOf, type Messages } from './messages.js';
import { giveOutReplies, type Answered, type Replies } from './replies.js';

export interface Asked {
  bytes: Buffer;
  text: RequestText;
}

export interface Conversation {
  /** How many calls it carries; a connection whose first request cannot be read is one call. */
  readonly calls: Framing['calls'];
  /** Resolves when the caller's side is closed. */
  readonly closed: Promise<void>;
  /**
   * The next whole request; undefined when the caller has ended before it was whole. Where the stream
   * cannot be read any further, the rest of it goes to the callee as it comes, and there is no request.
   */
  nextRequest(): Promise<Asked | undefined>;
  /** What the caller sends until it pauses; nothing where the framing knows where a request ends. */
  restOfRequest(): Promise<Buffer>;
  /**
   * Writes a piece of a request to the callee that listens at `path`, dialling first if needed, and leaving
   * another one; false if it cannot be reached. Where calls flow at once, the first callee is never left: it
   * has others under way, and what is said later can lean on what was said to it.
   */
  write(bytes: Buffer, path: string): Promise<boolean>;
  /** As `write`, with what completes the request of this id. */
  deliver(bytes: Buffer, path: string, id: CallId): Promise<boolean>;
  /** As `write`, and the stream towards the callee ends there. */
  deliverLast(bytes: Buffer, path: string): Promise<boolean>;
  /** The whole reply to the call of this id; undefined when the callee ended, or the caller hung up, before. */
  nextReply(id: CallId): Promise<Answered | undefined>;
  /** Passes a reply on, or a part of it; `onTaken` hears whether the caller was there to take it. */
  answer(bytes: Buffer, onTaken?: (taken: boolean) => void): void;
  /** `onReply` hears of what the callee answers to the call of this id all the same, if it comes in one piece. */
  endForCaller(id: CallId, onReply: (reply: Answered) => void): void;
  /** True if the caller was given part of a reply. */
  endAsCallee(): boolean;
  /** Closes both sides at once. */
  close(): void;
}

export interface ConversationListener {
  /** A reply was passed on. */
  onAnswered: () => void;
  /** In one direction the stream cannot be read any further; it flows, and what is said is not known. */
  onUnreadable: () => void;
}

/** Takes over a connection just accepted, and still paused, from a caller. */
export function converse(
  caller: Socket,
  framing: Framing,
  { onAnswered, onUnreadable }: ConversationListener,
): Conversation {
  let { calls, openReplies } = framing;
  const reader = framing.openRequests();
  const requests = messagesOf(caller, reader);
  const closed = new Promise<void>((resolve) => caller.once('close', () => resolve()));
  let asked = false;
  let callee: Socket | undefined;
  let dialledPath: string | undefined;
  let answers: Messages | undefined;
  let replies: Replies | undefined;
  let orphaned = false;

  const pass = (bytes: Buffer, onTaken: (taken: boolean) => void = () => {}) => {
    if (!takesMore(caller)) return onTaken(false);
    caller.write(bytes, (error) => onTaken(error === undefined || error === null));
    onAnswered();
    if (calls !== 'one') answers?.passEndTo(caller);
  };
  /** Dials the callee with the first bytes for it; a connection without any is nothing that a caller has made. */
  const dial = (path: string, bytes: Buffer) =>
    new Promise<boolean>((resolve) => {
      if (caller.destroyed) return resolve(false);
      const socket = connect({ path, allowHalfOpen: true });
      socket.write(bytes);
      const replyReader = openReplies();
      const messages = messagesOf(socket, replyReader);
      callee = socket;
      dialledPath = path;
      answers = messages;
      replies = giveOutReplies({
        messages,
        reader: replyReader,
        passOn: pass,
        onUnreadable(piece) {
          onUnreadable();
          if (caller.writable) caller.write(piece);
          messages.pipeTo(caller);
        },
      });
      socket.once('connect', () => resolve(true));
      socket.once('close', () => resolve(false));
      // A caller that hangs up takes its connection to the callee with it, once that was made and written to.
      caller.once('close', () => {
        if (orphaned) return;
        if (socket.connecting) socket.once('connect', () => socket.destroy());
        else socket.destroy();
      });
    });
  /** The caller stays, so the end of the connection that is left must not reach it. */
  const leave = () => {
    answers?.passEndTo(undefined);
    callee?.destroy();
    callee = undefined;
  };
  const write = async (bytes: Buffer, path: string): Promise<boolean> => {
    if (path !== dialledPath) {
      if (calls === 'at once' && dialledPath !== undefined) return false;
      leave();
    }
    if (callee === undefined) return dial(path, bytes);
    if (!takesMore(callee)) return false;
    callee.write(bytes);
    return true;
  };
  /** A reply may come in pieces: of what follows a piece, only the first piece after a question counts. */
  const countPieces = (socket: Socket) => {
    let isAsked = false;
    caller.on('data', () => (isAsked = true));
    socket.on('data', () => {
      if (isAsked) onAnswered();
      isAsked = false;
    });
  };
  return {
    get calls() {
      return calls;
    },
    closed,
    async nextRequest() {
      const message = await requests.next();
      if (message?.readable === false) {
        onUnreadable();
        if (asked) {
          if (callee?.writable === true) callee.write(message.bytes);
          if (callee !== undefined) requests.pipeTo(callee);
          return closed.then(() => undefined);
        }
        ({ calls, openReplies } = connectionFraming);
      }
      asked = true;
      if (message === undefined) return undefined;
      const { read } = message.readable ? reader : connectionFraming.openRequests();
      return { bytes: message.bytes, text: read(message.bytes) };
    },
    restOfRequest: () =>
      calls === 'one' ? requests.untilPause() : Promise.resolve(Buffer.alloc(0)),
    write,
    async deliver(bytes, path, id) {
      if (!(await write(bytes, path)) || callee === undefined) return false;
      replies?.expect(id);
      if (calls === 'one') requests.pipeTo(callee);
      else requests.passEndTo(callee);
      return true;
    },
    async deliverLast(bytes, path) {
      if (!(await write(bytes, path)) || callee === undefined) return false;
      // Part of a request may have an answer too, which the callee must be able to get rid of.
      replies?.expect(undefined);
      callee.end();
      return true;
    },
    nextReply: (id) =>
      Promise.race([replies?.to(id) ?? Promise.resolve(undefined), closed.then(() => undefined)]),
    answer(bytes, onTaken) {
      pass(bytes, onTaken);
      if (calls === 'one' && callee !== undefined && caller.writable) {
        countPieces(callee);
        answers?.pipeTo(caller);
      }
      replies?.dealtWith();
    },
    endForCaller(id, onReply) {
      orphaned = (replies?.owed ?? 0) > 0;
      caller.destroy();
      if (callee === undefined) return;
      if (!orphaned) return void callee.destroy();
      // The callee goes on with what it was given; its answer is read and thrown away.
      void replies?.to(id).then((reply) => reply && onReply(reply));
      closeAfterReply(callee);
    },
    endAsCallee() {
      // Its caller has lost the connection with another call, of which the callee is at work.
      if (orphaned) return false;
      const isPart = answers?.isInside() ?? false;
      const rest = answers?.rest();
      if (rest !== undefined && caller.writable) caller.write(rest);
      caller.destroySoon();
      callee?.destroy();
      return isPart;
    },
    close() {
      caller.destroy();
      callee?.destroy();
    },
  };
}

/** Whoever has not taken so much of what was sent to it is given no more; it may be frozen, or read nothing. */
const UNTAKEN_LIMIT_BYTES = 16 * 1024 * 1024;

/** Whether more can be sent to it; a connection on which too much waits is closed. */
function takesMore(socket: Socket): boolean {
  if (socket.writableLength > UNTAKEN_LIMIT_BYTES) socket.destroy();
  return socket.writable;
}

/** How long a callee may take over an answer that nobody reads, in ms. */
const ORPHAN_REPLY_MS = 10_000;

function closeAfterReply(callee: Socket): void {
  const timer = setTimeout(() => callee.destroy(), ORPHAN_REPLY_MS);
  timer.unref();
  callee.once('close', () => clearTimeout(timer));
  callee.once('end', () => callee.destroy());
  callee.once('data', () => callee.destroy());
  callee.resume();
}

/**
 * Gives a callee a whole request on a connection of its own, and resolves when the callee has answered
 * or ended, or has taken too long; false if it cannot be reached. `onDelivered` hears when it was.
 */
export function deliverApart(
  request: Buffer,
  calleePath: string,
  onDelivered: () => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: calleePath, allowHalfOpen: true });
    let reached = false;
    socket.once('connect', () => {
      reached = true;
      onDelivered();
    });
    socket.once('close', () => resolve(reached));
    socket.on('error', () => {});
    closeAfterReply(socket);
    // The end of the stream tells a callee that waits for it that the request is whole.
    socket.end(request);
  });
}
