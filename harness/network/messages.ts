/** The messages of one direction of a connection, cut from the stream of its socket. */

import type { Socket } from 'node:net';
import type { MessageReader } from './framing/framing.js';

/** All that has come and was not taken; beyond this the connection is closed. */
const LIMIT_BYTES = 256 * 1024 * 1024;

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
  /** All that was read and not taken, if there is anything. */
  rest(): Buffer | undefined;
  /** Sends all that is left and all that will come to another socket, with its end. */
  pipeTo(target: Socket): void;
  /**
   * Passes on only the end, with what has come of a message that is not whole, once all that are have been
   * taken; to nobody if there is no target, and to nobody any more once a further message has been taken.
   */
  passEndTo(target: Socket | undefined): void;
}

/** Cuts the stream of a socket; starts to read at the first call of `next`. */
export function messagesOf(socket: Socket, reader: MessageReader<unknown>): Messages {
  let whole: Message[] = [];
  let parts: Buffer[] = [];
  let size = 0;
  let readable = true;
  let ended = false;
  let heir: Socket | undefined;
  let waiting: ((message: Message | undefined) => void) | undefined;

  const cut = (piece: Buffer) => {
    for (let at = 0; at < piece.length;) {
      const end = readable ? reader.endIn(piece, at) : piece.length;
      if (end === 'none') {
        parts.push(piece.subarray(at));
        return;
      }
      if (end === 'unreadable') {
        readable = false;
      } else {
        parts.push(piece.subarray(at, end));
        whole.push({ bytes: joined(parts), readable });
        parts = [];
        at = end;
      }
    }
  };
  const take = (): Message | undefined => {
    const message = whole.shift();
    if (message === undefined) return undefined;
    size -= message.bytes.length;
    // Whoever has the message now has yet to pass it on, and the end must not overtake it.
    heir = undefined;
    return message;
  };
  const takeAll = (): Buffer => {
    const all = joined([...whole.map(({ bytes }) => bytes), ...parts]);
    whole = [];
    parts = [];
    size = 0;
    return all;
  };
  const settle = () => {
    if (waiting === undefined || (whole.length === 0 && !ended)) return;
    const resolve = waiting;
    waiting = undefined;
    resolve(take());
  };
  const onData = (piece: Buffer) => {
    size += piece.length;
    if (size > LIMIT_BYTES) socket.destroy();
    cut(piece);
    settle();
  };
  const onEnd = () => {
    ended = true;
    settle();
    passEnd();
  };
  const passEnd = () => {
    if (!ended || whole.length > 0 || heir === undefined) return;
    if (size > 0 && heir.writable) heir.write(takeAll());
    heir.end();
  };
  socket.on('data', onData).on('end', onEnd).on('close', onEnd);
  // A reset or a broken pipe ends the stream; 'close' follows and says so.
  socket.on('error', () => {});
  // Attaching a reader has set the stream flowing; whether to read is decided by the script.
  socket.pause();

  return {
    next() {
      if (whole.length > 0 || ended) return Promise.resolve(take());
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
      return takeAll();
    },
    rest: () => (size > 0 ? takeAll() : undefined),
    pipeTo(target) {
      socket.off('data', onData).off('end', onEnd);
      if (size > 0) target.write(takeAll());
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

function joined(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}
