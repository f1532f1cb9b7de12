/**
 * Finds where the values of a stream of encoding/gob end, while the stream comes in pieces. Nearly always a
 * value ends with its message, and its bytes are not looked at. One of a type that can hold interface values
 * may go on in the next message, so it is read.
 */

import { cursorOn } from './cursor.js';
import { decodeValue, type Limits } from './decode-values.js';
import type { Dictionary } from './dictionary.js';
import { readHead } from './stream.js';

export interface Scanner {
  /**
   * The first value that ends in `piece` behind `from`, from where it has not been seen yet; or that none
   * does, or that this is not a stream of gob.
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

/** A longer message counts as a mistake. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** A value in more messages than this counts as a mistake. */
const MAX_PARTS = 100;

/**
 * Values are read only to find their end, so nothing of a text is kept. One that goes on is read again with
 * each of its messages, and all of that together is limited: it holds the relay up.
 */
const LIMITS: Limits = { values: 1_000_000, depth: 100, textBytes: 0 };

const NOTHING = Buffer.alloc(0);

/** A message that is coming. */
interface Message {
  /** The id of the type that it defines, if negative, or of its value. */
  id: number;
  bytesLeft: number;
  /** The bytes received so far, with the length of the head; absent if they are not needed. */
  parts: Buffer[] | undefined;
  headBytes: number;
}

/** A value that may go on in the next message, and all that has come of it. */
interface Going {
  id: number;
  parts: Buffer[];
  /** How many values inside may still be read. */
  valuesLeft: number;
}

/**
 * Scans one direction of a connection; the types that it defines are remembered in `dictionary`. `opening`
 * is how the first definition must begin: a stream in which it does not is another protocol, and that must
 * be known before anything is waited for in vain.
 */
export function createScanner(dictionary: Dictionary, opening: Buffer): Scanner {
  return new GobScanner(dictionary, opening);
}

class GobScanner implements Scanner {
  readonly #dictionary: Dictionary;
  readonly #opening: Buffer;
  /** Bytes of a head that is not whole. */
  #unread = NOTHING;
  #message: Message | undefined;
  #opened = false;
  #going: Going | undefined;

  constructor(dictionary: Dictionary, opening: Buffer) {
    this.#dictionary = dictionary;
    this.#opening = opening;
  }

  endIn(piece: Buffer, from: number): ValueEnd | 'none' | 'unreadable' {
    let at = from;
    while (at < piece.length) {
      if (this.#message === undefined) {
        const begun = this.#begin(piece, at);
        if (typeof begun === 'string') return begun;
        at = begun;
      }
      const message = this.#message;
      if (message === undefined) return 'none';
      const end = Math.min(at + message.bytesLeft, piece.length);
      message.parts?.push(piece.subarray(at, end));
      message.bytesLeft -= end - at;
      at = end;
      if (!this.#opened && !this.#opensWell(message)) return 'unreadable';
      if (message.bytesLeft > 0) return 'none';
      const ended = this.#finish(message);
      this.#message = undefined;
      if (ended === 'unreadable') return ended;
      if (ended !== 'none') return { at, id: ended };
    }
    return 'none';
  }

  /** Begins a message at `at`; the offset behind its head. */
  #begin(piece: Buffer, at: number): number | 'none' | 'unreadable' {
    const known = this.#unread.length;
    const cursor =
      known === 0
        ? cursorOn(piece, at)
        : cursorOn(Buffer.concat([this.#unread, piece.subarray(at, at + MAX_HEAD_BYTES)]));
    const startAt = cursor.at;
    const head = readHead(cursor);
    if (cursor.problem === 'cut') {
      this.#unread = Buffer.from(cursor.bytes.subarray(startAt));
      return 'none';
    }
    if (head === undefined || head.endAt - startAt > MAX_MESSAGE_BYTES) return 'unreadable';
    if (!this.#opened && head.id > 0) return 'unreadable';
    const isNeeded =
      head.id < 0 || this.#going !== undefined || this.#dictionary.mayHoldInterface(head.id);
    this.#message = {
      id: head.id,
      bytesLeft: head.endAt - head.bodyAt,
      parts: isNeeded ? [cursor.bytes.subarray(startAt, head.bodyAt)] : undefined,
      headBytes: head.bodyAt - startAt,
    };
    this.#unread = NOTHING;
    return at + this.#message.headBytes - known;
  }

  #opensWell({ parts = [], headBytes }: Message): boolean {
    const opening = this.#opening;
    const bytes = Buffer.concat(parts).subarray(headBytes, headBytes + opening.length);
    this.#opened = bytes.length === opening.length;
    return bytes.equals(opening.subarray(0, bytes.length));
  }

  /** The number of the type of the value that ends with this message. */
  #finish({ id, parts, headBytes }: Message): number | 'none' | 'unreadable' {
    if (parts === undefined) return id;
    const going = this.#going;
    if (going !== undefined) return this.#tryToEnd({ ...going, parts: [...going.parts, ...parts] });
    const body = Buffer.concat(parts).subarray(headBytes);
    if (id > 0) return this.#tryToEnd({ id, parts: [body], valuesLeft: LIMITS.values });
    return this.#dictionary.remember(-id, body) ? 'none' : 'unreadable';
  }

  #tryToEnd(value: Going): number | 'none' | 'unreadable' {
    const cursor = cursorOn(Buffer.concat(value.parts));
    const limits = { ...LIMITS, values: value.valuesLeft };
    const { problem, valuesLeft } = decodeValue(cursor, value.id, this.#dictionary, limits);
    const goesOn = problem === 'continued' && value.parts.length < MAX_PARTS;
    this.#going = goesOn ? { ...value, valuesLeft } : undefined;
    if (goesOn) return 'none';
    return problem === undefined ? value.id : 'unreadable';
  }
}
