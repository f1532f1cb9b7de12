/**
 * The framing of Go's net/rpc over encoding/gob: a request and a reply are each a header and a body, two
 * values of one stream. Requests may be sent before earlier ones are answered, and replies come in the order
 * in which the callee has them ready. Source: the documentation and the messages of Go's net/rpc.
 */

import { isRecord } from '../../../reference/protocol.js';
import type { CallId, Framing, MessageReader, ReplyText, RequestText } from './framing.js';
import { cursorOn } from './gob/cursor.js';
import { decodeValue, type Limits } from './gob/decode-values.js';
import { createDictionary, type Dictionary } from './gob/dictionary.js';
import { createScanner } from './gob/scanner.js';
import { readHead } from './gob/stream.js';
import { once } from './once.js';

export const netRpc: Framing = {
  name: 'net-rpc',
  calls: 'at once',
  openRequests() {
    const dictionary = createDictionary();
    /** All definitions that have come with requests. */
    const definitions: Buffer[] = [];
    return {
      endIn: cutPairs(dictionary, 'Request'),
      read(message) {
        const earlier = definitions.length;
        const { header, body } = readPair(message, dictionary, definitions);
        const alone = () => Buffer.concat([...definitions.slice(0, earlier), message]);
        return new Request(header, body, alone);
      },
    };
  },
  openReplies() {
    const dictionary = createDictionary();
    return {
      endIn: cutPairs(dictionary, 'Response'),
      read(message) {
        const { header, body } = readPair(message, dictionary);
        return new Reply(header, body);
      },
    };
  },
};

/** How much of the arguments or the result of a call is shown to anybody. */
const LIMITS: Limits = { values: 10_000, depth: 32, textBytes: 4_096 };

type Header = Record<string, unknown>;

/** A class, since an object with a getter of its own made reading a small call take 2.7 times as long. */
class Request implements RequestText {
  readonly id: CallId;
  readonly method: string | undefined;

  constructor(
    header: Header,
    private readonly body: () => unknown,
    readonly alone: () => Buffer,
  ) {
    const method = header['ServiceMethod'];
    this.id = idIn(header);
    this.method = typeof method === 'string' ? method : undefined;
  }

  get args(): unknown {
    return this.body();
  }
}

class Reply implements ReplyText {
  readonly id: CallId;
  readonly error: string | undefined;

  constructor(
    header: Header,
    private readonly body: () => unknown,
  ) {
    const error = header['Error'];
    this.id = idIn(header);
    this.error = typeof error === 'string' && error !== '' ? error : undefined;
  }

  /** Behind an error there is an empty struct in the place of the result. */
  get result(): unknown {
    return this.error === undefined ? this.body() : undefined;
  }
}

function idIn({ Seq }: Header): CallId {
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
  header: Header;
  /** Decodes the body when it is first asked. */
  body: () => unknown;
}

/** Finds header and body in a whole message, and enters the messages that define types into `definitions`. */
function readPair(message: Buffer, dictionary: Dictionary, definitions?: Buffer[]): Pair {
  const cursor = cursorOn(message);
  let header: Header | undefined;
  for (let startAt = 0; ; startAt = cursor.at) {
    const head = readHead(cursor);
    if (head === undefined) return { header: header ?? {}, body: () => undefined };
    const { id, bodyAt, endAt } = head;
    const value = () => decodeValue(cursorOn(message, bodyAt), id, dictionary, LIMITS).value;
    if (id < 0) definitions?.push(message.subarray(startAt, endAt));
    else if (header !== undefined) return { header, body: once(value) };
    else header = asRecord(value());
    cursor.at = endAt;
  }
}

function asRecord(value: unknown): Header {
  return isRecord(value) ? value : {};
}
