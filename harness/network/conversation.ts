/**
 * One connection through a relay: the caller's socket on one side, a connection of our own to the
 * callee on the other, and whole messages cut from both streams. It moves bytes when it is told to
 * and decides nothing.
 */

import type { Timers } from '../ground/clock.js';
import type { Outlet, Way } from '../ground/world-time.js';
import type { Machine, Wire } from '../process/machine.js';
import { connectionFraming } from './framing/connection.js';
import type { CallId, Framing, MessageReader, RequestText } from './framing/framing.js';
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
  /** The bytes that the caller sends until it pauses; none if the framing knows where a request ends. */
  restOfRequest(): Promise<Buffer>;
  /**
   * Writes a piece of a request to the callee that listens at `path`, dialling first if needed, and leaving
   * another one; false if it cannot be reached. Where calls flow at once, the first callee is never left: it
   * has others under way, and what is said later can lean on what was said to it.
   */
  write(bytes: Buffer, path: string): Promise<boolean>;
  /** Like `write`, with the bytes that complete the request of this id. */
  deliver(bytes: Buffer, path: string, id: CallId): Promise<boolean>;
  /** Like `write`, and the stream towards the callee ends there. */
  deliverLast(bytes: Buffer, path: string): Promise<boolean>;
  /** The whole reply to the call of this id; undefined when the callee ended, or the caller hung up, before. */
  nextReply(id: CallId): Promise<Answered | undefined>;
  /** Passes a reply on, or a part of it; `onTaken` hears whether the caller was there to take it. */
  answer(bytes: Buffer, onTaken?: (taken: boolean) => void): void;
  /** `onReply` hears of what the callee answers to the call of this id all the same, if it comes in one piece. */
  endForCaller(id: CallId, onReply: (reply: Answered) => void): void;
  /** True if the caller was given part of a reply. */
  endAsCallee(): boolean;
  /**
   * The caller has gone: what it had sent goes on to the callee, and a process that it has left behind with the connection
   * can send nothing more on it.
   */
  hangUp(): void;
  /** Closes both sides at once. */
  close(): void;
}

export interface ConversationListener {
  /** A reply was passed on. */
  onAnswered: () => void;
  /** In one direction the stream cannot be read any further; it flows, and what is said is not known. */
  onUnreadable: () => void;
  /** The caller has sent this: a request with its text, or what had come of one when it ended the stream. */
  onSent?: (bytes: Buffer, text?: RequestText) => void;
  /** The caller is given this: a reply, or a part of one. */
  onGiven?: (bytes: Buffer) => void;
}

/** How the two sides of a connection and the kit notice each other. */
export interface Passage {
  /** The ways on which the bytes of either side come. */
  fromCaller: Way;
  fromCallee: Way;
  after: Timers['after'];
  /** Is called before the process at this path, or the caller, can notice anything; absent where nobody wants to know. */
  touch?: ((stream: Outlet, path?: string) => void) | undefined;
  dial: Machine['dial'];
}

/** Takes over a connection just accepted, and still paused, from a caller. */
export function converse(
  caller: Wire,
  framing: Framing,
  passage: Passage,
  listener: ConversationListener,
): Conversation {
  return new RelayedConversation(caller, framing, passage, listener);
}

class RelayedConversation implements Conversation {
  readonly closed: Promise<void>;
  readonly #caller: Wire;
  readonly #passage: Passage;
  readonly #listener: ConversationListener;
  #framing: Pick<Framing, 'calls' | 'openReplies'>;
  readonly #reader: MessageReader<RequestText>;
  readonly #requests: Messages;
  #asked = false;
  #callee: Wire | undefined;
  #dialledPath: string | undefined;
  #answers: Messages | undefined;
  #replies: Replies | undefined;
  #orphaned = false;

  constructor(caller: Wire, framing: Framing, passage: Passage, listener: ConversationListener) {
    this.#caller = caller;
    this.#passage = passage;
    this.#listener = listener;
    this.#framing = framing;
    this.#reader = framing.openRequests();
    this.#requests = messagesOf(caller, this.#reader, passage.fromCaller, listener.onSent);
    const { touch } = passage;
    if (touch) noteTouches(caller, () => touch(caller));
    this.closed = new Promise<void>((resolve) =>
      caller.once('close', () => passage.fromCaller(resolve)),
    );
  }

  get calls(): Framing['calls'] {
    return this.#framing.calls;
  }

  async nextRequest(): Promise<Asked | undefined> {
    const message = await this.#requests.next();
    if (message?.readable === false) {
      this.#listener.onUnreadable();
      if (this.#asked) return this.#flow(message.bytes);
      this.#framing = connectionFraming;
    }
    this.#asked = true;
    if (message === undefined) return undefined;
    const { read } = message.readable ? this.#reader : connectionFraming.openRequests();
    const { bytes } = message;
    const text = read(bytes);
    this.#listener.onSent?.(bytes, text);
    return { bytes, text };
  }

  /** From these bytes on, what the caller sends goes to the callee as it comes. */
  #flow(bytes: Buffer): Promise<undefined> {
    const callee = this.#callee;
    if (callee?.writable === true) callee.write(bytes);
    if (callee !== undefined) this.#requests.pipeTo(callee);
    return this.closed.then(() => undefined);
  }

  restOfRequest(): Promise<Buffer> {
    return this.calls === 'one' ? this.#requests.untilPause() : Promise.resolve(Buffer.alloc(0));
  }

  async write(bytes: Buffer, path: string): Promise<boolean> {
    if (path !== this.#dialledPath) {
      if (this.calls === 'at once' && this.#dialledPath !== undefined) return false;
      this.#leave();
    }
    if (this.#callee === undefined) return this.#dial(path, bytes);
    if (!takesMore(this.#callee)) return false;
    this.#callee.write(bytes);
    return true;
  }

  /** The caller stays, so the end of the connection that is left must not reach it. */
  #leave(): void {
    this.#answers?.passEndTo(undefined);
    this.#callee?.destroy();
    this.#callee = undefined;
  }

  /** Dials the callee with the first bytes for it; a connection without any is nothing that a caller has made. */
  #dial(path: string, bytes: Buffer): Promise<boolean> {
    const caller = this.#caller;
    if (caller.destroyed) return Promise.resolve(false);
    const { touch, dial } = this.#passage;
    const socket = dial(path, true);
    if (touch) noteTouches(socket, () => touch(socket, path));
    socket.write(bytes);
    this.#callee = socket;
    this.#dialledPath = path;
    this.#listenTo(socket);
    // A caller that hangs up takes its connection to the callee with it, once that was made and written to.
    caller.once('close', () => {
      if (this.#orphaned) return;
      if (socket.connecting) socket.once('connect', () => socket.destroy());
      else socket.destroy();
    });
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
  }

  #listenTo(callee: Wire): void {
    const caller = this.#caller;
    const reader = this.#framing.openReplies();
    const messages = messagesOf(callee, reader, this.#passage.fromCallee, this.#listener.onGiven);
    this.#answers = messages;
    this.#replies = giveOutReplies({
      messages,
      reader,
      passOn: (bytes) => this.#pass(bytes),
      onUnreadable: (piece) => {
        this.#listener.onUnreadable();
        if (caller.writable) caller.write(piece);
        messages.pipeTo(caller);
      },
    });
  }

  #pass(bytes: Buffer, onTaken: (taken: boolean) => void = () => {}): void {
    if (!takesMore(this.#caller)) return onTaken(false);
    this.#listener.onGiven?.(bytes);
    this.#caller.write(bytes, (error) => onTaken(error === undefined || error === null));
    this.#listener.onAnswered();
    if (this.calls !== 'one') this.#answers?.passEndTo(this.#caller);
  }

  async deliver(bytes: Buffer, path: string, id: CallId): Promise<boolean> {
    if (!(await this.write(bytes, path)) || this.#callee === undefined) return false;
    this.#replies?.expect(id);
    if (this.calls === 'one') this.#requests.pipeTo(this.#callee);
    else this.#requests.passEndTo(this.#callee);
    return true;
  }

  async deliverLast(bytes: Buffer, path: string): Promise<boolean> {
    if (!(await this.write(bytes, path)) || this.#callee === undefined) return false;
    // Part of a request may have an answer too, which the callee must be able to get rid of.
    this.#replies?.expect(undefined);
    this.#callee.end();
    return true;
  }

  nextReply(id: CallId): Promise<Answered | undefined> {
    const reply = this.#replies?.to(id) ?? Promise.resolve(undefined);
    return Promise.race([reply, this.closed.then(() => undefined)]);
  }

  answer(bytes: Buffer, onTaken?: (taken: boolean) => void): void {
    this.#pass(bytes, onTaken);
    if (this.calls === 'one' && this.#callee !== undefined && this.#caller.writable) {
      this.#countPieces(this.#callee);
      this.#answers?.pipeTo(this.#caller);
    }
    this.#replies?.dealtWith();
  }

  /** A reply may come in pieces: of what follows a piece, only the first piece after a question counts. */
  #countPieces(callee: Wire): void {
    let isAsked = false;
    this.#caller.on('data', () => (isAsked = true));
    callee.on('data', () => {
      if (isAsked) this.#listener.onAnswered();
      isAsked = false;
    });
  }

  endForCaller(id: CallId, onReply: (reply: Answered) => void): void {
    this.#orphaned = (this.#replies?.owed ?? 0) > 0;
    this.#caller.destroy();
    if (this.#callee === undefined) return;
    if (!this.#orphaned) return void this.#callee.destroy();
    // The callee goes on with what it was given; its answer is read and thrown away.
    void this.#replies?.to(id).then((reply) => reply && onReply(reply));
    closeAfterReply(this.#callee, this.#passage.after);
  }

  endAsCallee(): boolean {
    // Its caller has lost the connection with another call, of which the callee is at work.
    if (this.#orphaned) return false;
    const isPart = this.#answers?.isInside() ?? false;
    const rest = this.#answers?.rest();
    if (rest !== undefined && this.#caller.writable) {
      this.#listener.onGiven?.(rest);
      this.#caller.write(rest);
    }
    this.#caller.destroySoon();
    this.#callee?.destroy();
    return isPart;
  }

  hangUp(): void {
    if (this.#requests.stop()) this.#caller.end();
  }

  close(): void {
    this.#caller.destroy();
    this.#callee?.destroy();
  }
}

/** A receiver that has left this much unread gets nothing more; it may be frozen, or may not read. */
const UNTAKEN_LIMIT_BYTES = 16 * 1024 * 1024;

/** Whether more can be sent to it; a connection on which too much waits is closed. */
function takesMore(socket: Wire): boolean {
  if (socket.writableLength > UNTAKEN_LIMIT_BYTES) socket.destroy();
  return socket.writable;
}

/** Calls `touch` before all by which the other end of a socket can notice the kit. */
function noteTouches(socket: Wire, touch: () => void): void {
  const noted = <Args extends unknown[], Result>(act: (this: Wire, ...args: Args) => Result) =>
    function notedAct(this: Wire, ...args: Args): Result {
      touch();
      return act.apply(this, args);
    };
  const { write, end, destroy } = socket;
  Object.assign(socket, { write: noted(write), end: noted(end), destroy: noted(destroy) });
}

/** How long a callee may take over an answer that is not read, in ms. */
const ORPHAN_REPLY_MS = 10_000;

function closeAfterReply(callee: Wire, after: Timers['after']): void {
  callee.once(
    'close',
    after(ORPHAN_REPLY_MS, () => callee.destroy()),
  );
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
  { after, touch, dial }: Pick<Passage, 'after' | 'touch' | 'dial'>,
  onDelivered: () => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(calleePath, true);
    if (touch) noteTouches(socket, () => touch(socket, calleePath));
    let reached = false;
    socket.once('connect', () => {
      reached = true;
      onDelivered();
    });
    socket.once('close', () => resolve(reached));
    socket.on('error', () => {});
    closeAfterReply(socket, after);
    // The end of the stream tells a callee that waits for it that the request is whole.
    socket.end(request);
  });
}
