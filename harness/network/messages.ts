/** The messages of one direction of a connection, cut from the stream of its socket. */

import { setImmediate } from 'node:timers/promises';
import type { Way } from '../ground/world-time.js';
import type { Wire } from '../process/machine.js';
import type { MessageReader } from './framing/framing.js';

/** All that has come and was not taken; beyond this the connection is closed. */
const LIMIT_BYTES = 256 * 1024 * 1024;

/** In one round of its loop Node accepts a connection, in another it reads what has come on it; twice that is enough. */
const ROUNDS_OF_READING = 4;

/** Who has sent nothing for so long has sent all, in ms. */
const PAUSE_MS = 15;

export interface Message {
  bytes: Buffer;
  /** False if the stream cannot be read here; then this is a piece of it as it came. */
  readable: boolean;
}

export interface Messages {
  /** The next whole message; undefined when the stream has ended before it was whole. */
  next(): Promise<Message | undefined>;
  /** Reads on until nothing has come for a moment; all that has not been taken. */
  untilPause(): Promise<Buffer>;
  /** Whether the stream is, or has ended, inside a message. */
  isInside(): boolean;
  /** All that was read and not taken, if there is anything. */
  rest(): Buffer | undefined;
  /** Sends all that is left and all that will come to another socket, with its end. */
  pipeTo(target: Wire): void;
  /**
   * Ends the stream behind what has come, although its sender has not; false if it has ended by itself. If it is not
   * being read, it is ended when all that has come by then has been read.
   */
  stop(): boolean;
  /**
   * Passes on only the end, with what has come of a message that is not whole, once all that are have been
   * taken; the end is dropped if there is no target, or once a further message has been taken.
   */
  passEndTo(target: Wire | undefined): void;
}

/**
 * Cuts the stream of a socket, which comes on this way; starts to read at the first call of `next`. `onPassed` hears what
 * is passed on with the end of the stream, because it is not a whole message.
 */
export function messagesOf(
  socket: Wire,
  reader: MessageReader<unknown>,
  way: Way,
  onPassed: (bytes: Buffer) => void = () => {},
): Messages {
  return new CutStream(socket, { reader, way, onPassed });
}

interface CutStreamParts {
  reader: MessageReader<unknown>;
  way: Way;
  onPassed: (bytes: Buffer) => void;
}

class CutStream implements Messages {
  readonly #socket: Wire;
  readonly #reader: MessageReader<unknown>;
  readonly #way: Way;
  readonly #onPassed: (bytes: Buffer) => void;
  #whole: Message[] = [];
  #parts: Buffer[] = [];
  #size = 0;
  #readable = true;
  #ended = false;
  #endedInside = false;
  #heir: Wire | undefined;
  /** Takes everything that comes. */
  #target: Wire | undefined;
  #stopsWhenRead = false;
  #waiting: ((message: Message | undefined) => void) | undefined;

  constructor(socket: Wire, { reader, way, onPassed }: CutStreamParts) {
    this.#socket = socket;
    this.#reader = reader;
    this.#way = way;
    this.#onPassed = onPassed;
    socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd);
    // A reset or a broken pipe ends the stream; 'close' follows and says so.
    socket.on('error', () => {});
    // Attaching a reader has set the stream flowing; whether to read is decided by the script.
    socket.pause();
  }

  next(): Promise<Message | undefined> {
    if (this.#whole.length > 0 || this.#ended) return Promise.resolve(this.#take());
    this.#socket.resume();
    if (this.#stopsWhenRead) void afterReading().then(() => this.stop());
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  async untilPause(): Promise<Buffer> {
    this.#socket.resume();
    let seen: number;
    do {
      seen = this.#size;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } while (this.#size > seen);
    return this.#takeAll();
  }

  isInside(): boolean {
    return this.#endedInside || this.#size > 0;
  }

  rest(): Buffer | undefined {
    return this.#size > 0 ? this.#takeAll() : undefined;
  }

  pipeTo(target: Wire): void {
    const socket = this.#socket;
    socket.off('data', this.#onData).off('end', this.#onEnd);
    if (this.#size > 0) target.write(this.#takeAll());
    if (this.#ended) target.end();
    else socket.pipe(target);
    this.#target = target;
    socket.once('close', () => target.destroySoon());
  }

  stop(): boolean {
    const socket = this.#socket;
    if (this.#ended || socket.readableEnded || socket.destroyed) return false;
    this.#stopsWhenRead = socket.isPaused();
    if (this.#stopsWhenRead) return false;
    socket.off('data', this.#onData).off('end', this.#onEnd).unpipe().pause();
    this.#target?.end();
    // Behind all that is still on its way.
    this.#onEnd();
    return true;
  }

  passEndTo(target: Wire | undefined): void {
    this.#heir = target;
    this.#passEnd();
  }

  readonly #onData = (piece: Buffer): void => this.#way(() => this.#notice(piece));

  readonly #onEnd = (): void => this.#way(() => this.#noticeEnd());

  #notice(piece: Buffer): void {
    // What was on its way when another took over the stream.
    if (this.#target !== undefined) return void this.#target.write(piece);
    this.#size += piece.length;
    if (this.#size > LIMIT_BYTES) this.#socket.destroy();
    this.#cut(piece);
    this.#settle();
  }

  #noticeEnd(): void {
    this.#ended = true;
    this.#endedInside ||= this.#parts.length > 0;
    this.#settle();
    this.#passEnd();
  }

  #cut(piece: Buffer): void {
    for (let at = 0; at < piece.length;) {
      const end = this.#readable ? this.#reader.endIn(piece, at) : piece.length;
      if (end === 'none') {
        this.#parts.push(piece.subarray(at));
        return;
      }
      if (end === 'unreadable') {
        this.#readable = false;
      } else {
        this.#parts.push(piece.subarray(at, end));
        this.#whole.push({ bytes: joined(this.#parts), readable: this.#readable });
        this.#parts = [];
        at = end;
      }
    }
  }

  #settle(): void {
    if (this.#waiting === undefined || (this.#whole.length === 0 && !this.#ended)) return;
    const resolve = this.#waiting;
    this.#waiting = undefined;
    resolve(this.#take());
  }

  #take(): Message | undefined {
    const message = this.#whole.shift();
    if (message === undefined) return undefined;
    this.#size -= message.bytes.length;
    // The message has been taken but not passed on yet, and the end must not overtake it.
    this.#heir = undefined;
    return message;
  }

  #takeAll(): Buffer {
    const all = joined([...this.#whole.map(({ bytes }) => bytes), ...this.#parts]);
    this.#whole = [];
    this.#parts = [];
    this.#size = 0;
    return all;
  }

  #passEnd(): void {
    if (!this.#ended || this.#whole.length > 0 || this.#heir === undefined) return;
    // Node makes an error with its stack of each end after the first.
    if (this.#heir.writableEnded || this.#heir.destroyed) return;
    if (this.#size > 0 && this.#heir.writable) {
      const rest = this.#takeAll();
      this.#onPassed(rest);
      this.#heir.write(rest);
    }
    this.#heir.end();
  }
}

/** Resolves when all that lies in sockets that are being read has been read. */
export async function afterReading(): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS_OF_READING; rounds++) await setImmediate();
}

function joined(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}
