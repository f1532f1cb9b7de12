/**
 * One connection through a relay: the caller's socket on one side, a connection of our own to the
 * callee on the other, and whole messages cut from both streams. It moves bytes when it is told to
 * and decides nothing.
 */

import { connect, type Socket } from 'node:net';
import type { Framing } from './framing/framing.js';

/** A message above this size is not waited for; the connection is closed. */
const MESSAGE_LIMIT_BYTES = 256 * 1024 * 1024;

export interface Conversation {
  /** Resolves when the caller's side is closed. */
  readonly closed: Promise<void>;
  /** The next whole request; undefined when the caller has ended before it was whole. */
  nextRequest(): Promise<Buffer | undefined>;
  /** What the caller sends until it pauses; nothing where the framing knows where a request ends. */
  restOfRequest(): Promise<Buffer>;
  /**
   * Writes a piece of a request to the callee that listens at `path`, dialling first if needed, and leaving
   * another one; false if it cannot be reached.
   */
  write(bytes: Buffer, path: string): Promise<boolean>;
  /** As `write`, with what completes the request. */
  deliver(bytes: Buffer, path: string): Promise<boolean>;
  /** As `write`, and the stream towards the callee ends there. */
  deliverLast(bytes: Buffer, path: string): Promise<boolean>;
  /** The next whole reply; undefined when the callee ended, or the caller hung up, before. */
  nextReply(): Promise<Buffer | undefined>;
  /** Passes a reply on, or part of it; `onTaken` hears whether the caller was there to take it. */
  answer(bytes: Buffer, onTaken?: (taken: boolean) => void): void;
  /** `onReply` hears of what the callee answers all the same, if it comes in one piece. */
  endForCaller(onReply: (reply: Buffer) => void): void;
  /** True if the caller was given part of a reply. */
  endAsCallee(): boolean;
  /** Closes both sides at once. */
  close(): void;
}

/**
 * Takes over a connection just accepted, and still paused, from a caller. `onAnswered` is called for
 * each reply passed on.
 */
export function converse(caller: Socket, framing: Framing, onAnswered: () => void): Conversation {
  const requests = messagesOf(caller, framing);
  const closed = new Promise<void>((resolve) => caller.once('close', () => resolve()));
  let callee: Socket | undefined;
  let dialledPath: string | undefined;
  let replies: MessageSource | undefined;
  let repliesOwed = 0;
  let orphaned = false;

  const dial = (path: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ path, allowHalfOpen: true });
      callee = socket;
      dialledPath = path;
      replies = messagesOf(socket, framing);
      socket.once('connect', () => resolve(true));
      socket.once('close', () => resolve(false));
      // A caller that hangs up takes its connection to the callee with it.
      caller.once('close', () => orphaned || socket.destroy());
      if (caller.destroyed) socket.destroy();
    });
  /** The caller stays, so the end of the connection that is left must not reach it. */
  const leave = () => {
    replies?.passEndTo(undefined);
    callee?.destroy();
    callee = undefined;
  };
  const write = async (bytes: Buffer, path: string): Promise<boolean> => {
    if (path !== dialledPath) leave();
    if (callee === undefined && !(await dial(path))) return false;
    if (callee === undefined || !callee.writable) return false;
    callee.write(bytes);
    return true;
  };
  return {
    closed,
    nextRequest: () => requests.next(),
    restOfRequest: () =>
      framing.severalCalls ? Promise.resolve(Buffer.alloc(0)) : requests.untilPause(),
    write,
    async deliver(bytes, path) {
      if (!(await write(bytes, path)) || callee === undefined) return false;
      repliesOwed++;
      if (framing.severalCalls) requests.passEndTo(callee);
      else requests.pipeTo(callee);
      return true;
    },
    async deliverLast(bytes, path) {
      if (!(await write(bytes, path)) || callee === undefined) return false;
      // Part of a request may have an answer too, which the callee must be able to get rid of.
      repliesOwed++;
      callee.end();
      return true;
    },
    async nextReply() {
      const reply = await Promise.race([replies?.next(), closed.then(() => undefined)]);
      if (reply !== undefined) repliesOwed--;
      return reply;
    },
    answer(bytes, onTaken = () => {}) {
      if (!caller.writable) return onTaken(false);
      caller.write(bytes, (error) => onTaken(error === undefined || error === null));
      onAnswered();
      if (framing.severalCalls) return replies?.passEndTo(caller);
      // A reply may come in pieces: of what follows, only the first piece after a question counts.
      let asked = false;
      caller.on('data', () => (asked = true));
      callee?.on('data', () => {
        if (asked) onAnswered();
        asked = false;
      });
      replies?.pipeTo(caller);
    },
    endForCaller(onReply) {
      orphaned = repliesOwed > 0;
      caller.destroy();
      if (callee === undefined) return;
      if (!orphaned) return void callee.destroy();
      // The callee goes on with what it was given; its answer is read and thrown away.
      void replies?.next().then((reply) => reply && onReply(reply));
      closeAfterReply(callee);
    },
    endAsCallee() {
      const rest = replies?.unfinished();
      if (rest !== undefined && caller.writable) caller.write(rest);
      caller.destroySoon();
      callee?.destroy();
      return rest !== undefined;
    },
    close() {
      caller.destroy();
      callee?.destroy();
    },
  };
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

/** A caller that has sent nothing for so long has sent its whole request, in ms. */
const PAUSE_MS = 15;

interface MessageSource {
  readonly ended: boolean;
  next(): Promise<Buffer | undefined>;
  /** Reads on until nothing has come for a moment; all that has not been taken. */
  untilPause(): Promise<Buffer>;
  /** Bytes of a message that is not whole. */
  unfinished(): Buffer | undefined;
  /** Sends all that is left and all that will come to another socket, with its end. */
  pipeTo(target: Socket): void;
  /** Passes on only the end, once all that was read has been taken; to nobody if there is no target. */
  passEndTo(target: Socket | undefined): void;
}

/** Cuts a stream into messages; starts to read at the first call of `next`. */
function messagesOf(socket: Socket, framing: Framing): MessageSource {
  let pieces: Buffer[] = [];
  let size = 0;
  let ended = false;
  let heir: Socket | undefined;
  let waiting: ((message: Buffer | undefined) => void) | undefined;

  /** All that has been read and not taken, in one piece. */
  const joined = (): Buffer => {
    if (pieces.length !== 1) pieces = [Buffer.concat(pieces)];
    return pieces[0] ?? Buffer.alloc(0);
  };
  const take = () => {
    const bytes = joined();
    const length = framing.messageLength(bytes);
    if (length === 0) return undefined;
    size -= length;
    pieces = size > 0 ? [bytes.subarray(length)] : [];
    return bytes.subarray(0, length);
  };
  const settle = () => {
    if (waiting === undefined) return;
    const message = take();
    if (message === undefined && !ended) return;
    const resolve = waiting;
    waiting = undefined;
    resolve(message);
  };
  const onData = (chunk: Buffer) => {
    pieces.push(chunk);
    size += chunk.length;
    if (size > MESSAGE_LIMIT_BYTES) socket.destroy();
    // Joining the pieces for each of them would cost the square of a long message's length.
    if (framing.mayEndIn(chunk)) settle();
  };
  const onEnd = () => {
    ended = true;
    settle();
    passEnd();
  };
  const passEnd = () => {
    if (ended && size === 0) heir?.end();
  };
  socket.on('data', onData).on('end', onEnd).on('close', onEnd);
  // A reset or a broken pipe ends the stream; 'close' follows and says so.
  socket.on('error', () => {});
  // Attaching a reader has set the stream flowing; whether to read is decided by the script.
  socket.pause();

  return {
    get ended() {
      return ended;
    },
    next() {
      const message = take();
      if (message !== undefined || ended) return Promise.resolve(message);
      socket.resume();
      return new Promise((resolve) => (waiting = resolve));
    },
    async untilPause() {
      socket.resume();
      let seen: number;
      do {
        seen = size;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      } while (size > seen);
      return take() ?? Buffer.alloc(0);
    },
    unfinished: () => (size > 0 ? joined() : undefined),
    pipeTo(target) {
      socket.off('data', onData).off('end', onEnd);
      if (size > 0) target.write(joined());
      if (ended) target.end();
      else socket.pipe(target);
      socket.once('close', () => target.destroySoon());
    },
    passEndTo(target) {
      heir = target;
      passEnd();
    },
  };
}
