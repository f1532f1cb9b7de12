/**
 * Finds where the values of a stream of encoding/gob end, while the stream comes in pieces. Nearly always a
 * value ends with its message, and its bytes are not looked at. One of a type that can hold interface values
 * may go on in the next message, so it is read.
 */

import { cursorOn } from './cursor.js';
import { decodeValue, type Limits } from './decode.js';
import type { Dictionary } from './dictionary.js';
import { readHead } from './stream.js';

export interface Scanner {
  /**
   * The first value that ends in `piece` behind `from`, from where it has not been seen yet; or that none
   * does, or that this is no stream of gob.
   */
  endIn(piece: Buffer, from: number): ValueEnd | 'none' | 'unreadable';
}

export interface ValueEnd {
  /** Offset behind the value in the piece of the stream. */
  at: number;
  /** Number of the value's type. */
  id: number;
}

/** The lengths of a message and of a type's number, each of at most nine bytes. */
const MAX_HEAD_BYTES = 18;

/** A longer message is taken for a mistake. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** A value that goes on in more messages is taken for a mistake. */
const MAX_PARTS = 100;

/** Values are read only to find their end, so nothing of a text is kept. */
const LIMITS: Limits = { values: 1_000_000, depth: 100, textBytes: 0 };

const NOTHING = Buffer.alloc(0);

/** A message that is coming. */
interface Message {
  /** Of the type that it defines, if negative, or of its value. */
  id: number;
  head: Buffer;
  bytesLeft: number;
  /** What has come behind the head; absent if nobody needs it. */
  body: Buffer[] | undefined;
}

/**
 * Scans one direction of a connection; the types that it defines are remembered in `dictionary`. `opening`
 * is how the first definition must begin: a stream in which it does not is another protocol, and that must
 * be known before anything is waited for in vain.
 */
export function createScanner(dictionary: Dictionary, opening: Buffer): Scanner {
  /** Bytes of a head that is not whole. */
  let unread = NOTHING;
  let message: Message | undefined;
  let opened = false;
  /** A value that may go on in the next message, and its bytes so far. */
  let going: { id: number; parts: Buffer[] } | undefined;

  const begin = (bytes: Buffer): Message | 'none' | 'unreadable' => {
    const cursor = cursorOn(bytes);
    const head = readHead(cursor);
    if (cursor.problem === 'cut') return 'none';
    if (head === undefined || head.endAt > MAX_MESSAGE_BYTES) return 'unreadable';
    if (!opened && head.id > 0) return 'unreadable';
    const isNeeded = head.id < 0 || going !== undefined || dictionary.mayHoldInterface(head.id);
    return {
      id: head.id,
      head: bytes.subarray(0, head.bodyAt),
      bytesLeft: head.endAt - head.bodyAt,
      body: isNeeded ? [] : undefined,
    };
  };
  const opensWell = ({ body = [] }: Message): boolean => {
    const bytes = Buffer.concat(body).subarray(0, opening.length);
    opened = bytes.length === opening.length;
    return bytes.equals(opening.subarray(0, bytes.length));
  };
  const finish = ({ id, head, body }: Message): number | 'none' | 'unreadable' => {
    if (body === undefined) return id;
    if (going !== undefined) going.parts.push(head, ...body);
    else if (id > 0) going = { id, parts: body };
    else dictionary.remember(-id, Buffer.concat(body));
    return going === undefined ? 'none' : tryToEnd(going);
  };
  const tryToEnd = ({ id, parts }: { id: number; parts: Buffer[] }) => {
    const { problem } = decodeValue(cursorOn(Buffer.concat(parts)), id, dictionary, LIMITS);
    if (problem === 'continued' && parts.length < MAX_PARTS) return 'none';
    going = undefined;
    return problem === undefined ? id : 'unreadable';
  };

  return {
    endIn(piece, from) {
      let at = from;
      while (at < piece.length) {
        if (message === undefined) {
          const bytes = Buffer.concat([unread, piece.subarray(at, at + MAX_HEAD_BYTES)]);
          const begun = begin(bytes);
          if (begun === 'unreadable') return begun;
          if (begun === 'none') {
            unread = bytes;
            return 'none';
          }
          at += begun.head.length - unread.length;
          unread = NOTHING;
          message = begun;
        }
        const taken = piece.subarray(at, at + message.bytesLeft);
        message.body?.push(taken);
        message.bytesLeft -= taken.length;
        at += taken.length;
        if (!opened && !opensWell(message)) return 'unreadable';
        if (message.bytesLeft > 0) return 'none';
        const ended = finish(message);
        message = undefined;
        if (ended === 'unreadable') return ended;
        if (ended !== 'none') return { at, id: ended };
      }
      return 'none';
    },
  };
}
