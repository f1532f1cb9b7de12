/**
 * The framing of Go's net/rpc over encoding/gob: a request and a reply are each a header and a body, two
 * values of one stream. Requests may be sent before earlier ones are answered, and replies come in the order
 * in which the callee has them ready. Source: the documentation and the messages of Go's net/rpc.
 */

import { isRecord } from '../../../reference/protocol.js';
import type { CallId, Framing, MessageReader, ReplyText, RequestText } from './framing.js';
import { cursorOn } from './gob/cursor.js';
import { decodeValue, type Limits } from './gob/decode.js';
import { createDictionary, type Dictionary } from './gob/dictionary.js';
import { createScanner } from './gob/scanner.js';
import { readHead, type MessageHead } from './gob/stream.js';
import { once } from './once.js';

export const netRpc: Framing = {
  name: 'net-rpc',
  calls: 'at once',
  openRequests() {
    const dictionary = createDictionary();
    /** Definitions that came with the requests before. */
    const earlier: Buffer[] = [];
    return {
      endIn: cutPairs(dictionary, 'Request'),
      read(message) {
        const { header, body, definitions } = readPair(message, dictionary);
        const before = earlier.slice();
        earlier.push(...definitions);
        return requestText(header, body, () => Buffer.concat([...before, message]));
      },
    };
  },
  openReplies() {
    const dictionary = createDictionary();
    return {
      endIn: cutPairs(dictionary, 'Response'),
      read(message) {
        const { header, body } = readPair(message, dictionary);
        return replyText(header, body);
      },
    };
  },
};

/** How much of the arguments or the result of a call is shown to anybody. */
const LIMITS: Limits = { values: 10_000, depth: 32, textBytes: 4_096 };

function requestText(
  header: () => Record<string, unknown>,
  args: () => unknown,
  alone: () => Buffer,
): RequestText {
  return {
    get id() {
      return idIn(header());
    },
    get method() {
      const method = header()['ServiceMethod'];
      return typeof method === 'string' ? method : undefined;
    },
    get args() {
      return args();
    },
    get alone() {
      return alone();
    },
  };
}

function replyText(header: () => Record<string, unknown>, result: () => unknown): ReplyText {
  const error = () => {
    const said = header()['Error'];
    return typeof said === 'string' && said !== '' ? said : undefined;
  };
  return {
    get id() {
      return idIn(header());
    },
    get error() {
      return error();
    },
    // Behind an error there is an empty struct in the place of the result.
    get result() {
      return error() === undefined ? result() : undefined;
    },
  };
}

function idIn({ Seq }: Record<string, unknown>): CallId {
  return typeof Seq === 'number' || typeof Seq === 'string' ? Seq : undefined;
}

/**
 * Cuts a stream into pairs of values, of which the first must be a header: the value of the type that the
 * stream defines first, and which is called `headerName`.
 */
function cutPairs(dictionary: Dictionary, headerName: string): MessageReader<unknown>['endIn'] {
  const scanner = createScanner(dictionary, structNamed(headerName));
  let headerId: number | undefined;
  let inside = false;
  return (piece, from) => {
    let at = from;
    for (;;) {
      const value = scanner.endIn(piece, at);
      if (typeof value === 'string') return value;
      headerId ??= value.id;
      // A header in the place of a body, or the other way round, is a stream that has lost its order.
      if ((value.id === headerId) === inside) return 'unreadable';
      inside = !inside;
      if (!inside) return value.at;
      at = value.at;
    }
  };
}

/** How the description of a struct begins: in the third field of a description, the first of the first. */
function structNamed(name: string): Buffer {
  return Buffer.concat([Buffer.from([3, 1, 1, name.length]), Buffer.from(name)]);
}

interface Pair {
  header: () => Record<string, unknown>;
  body: () => unknown;
  /** Messages that define types. */
  definitions: Buffer[];
}

/** Finds header and body in a whole message; they are decoded when they are looked at. */
function readPair(bytes: Buffer, dictionary: Dictionary): Pair {
  const cursor = cursorOn(bytes);
  const definitions: Buffer[] = [];
  const values: MessageHead[] = [];
  while (values.length < 2) {
    const startAt = cursor.at;
    const head = readHead(cursor);
    if (head === undefined) break;
    if (head.id > 0) values.push(head);
    else definitions.push(bytes.subarray(startAt, head.endAt));
    cursor.at = head.endAt;
  }
  const valueOf = (head: MessageHead | undefined) =>
    once(() => {
      if (head === undefined) return undefined;
      return decodeValue(cursorOn(bytes, head.bodyAt), head.id, dictionary, LIMITS).value;
    });
  const header = valueOf(values[0]);
  const known = () => {
    const read = header();
    return isRecord(read) ? read : {};
  };
  return { header: known, body: valueOf(values[1]), definitions };
}
