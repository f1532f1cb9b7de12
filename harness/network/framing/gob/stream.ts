/**
 * A stream of encoding/gob: messages behind their lengths, each the definition of a type or a value. (A
 * value that brings a new type in the middle goes on in the next message.)
 */

import { cursorOn, readCount, readId, type Cursor, type Problem } from './cursor.js';
import { decodeValue, type Limits } from './decode-values.js';
import type { Dictionary } from './dictionary.js';

/** The head of a message. */
export interface MessageHead {
  /** The id of the type: negative if the message defines it, positive if it is the type of a value. */
  id: number;
  /** Offset behind the head. */
  bodyAt: number;
  /** Offset behind the message. */
  endAt: number;
}

/** The head of the message at the cursor, which is left behind it; undefined if there is none. */
export function readHead(cursor: Cursor): MessageHead | undefined {
  const length = readCount(cursor);
  const endAt = cursor.at + length;
  const id = readId(cursor);
  if (cursor.problem !== undefined || id === 0 || cursor.at > endAt) return undefined;
  return { id, bodyAt: cursor.at, endAt };
}

export interface DecodedStream {
  values: unknown[];
  /** Why there are not more; undefined if the stream has been read to its end. */
  problem: Problem | undefined;
}

/** All values in a stream, as far as they can be read; the last may be a part of one. */
export function decodeStream(bytes: Buffer, dictionary: Dictionary, limits: Limits): DecodedStream {
  const values: unknown[] = [];
  const cursor = cursorOn(bytes);
  while (cursor.at < bytes.length) {
    const head = readHead(cursor);
    if (head === undefined) return { values, problem: cursor.problem ?? 'unreadable' };
    if (head.id < 0) {
      dictionary.remember(-head.id, bytes.subarray(head.bodyAt, head.endAt));
    } else {
      const { value, problem } = decodeValue(cursor, head.id, dictionary, limits);
      if (value !== undefined) values.push(value);
      if (problem !== undefined) return { values, problem };
    }
    // Bytes after the value of a message are skipped, as Go does.
    cursor.at = Math.max(cursor.at, head.endAt);
  }
  return { values, problem: cursor.at > bytes.length ? 'cut' : undefined };
}
