/** The framing of pblab/1: one JSON-RPC object a line. */

import { decodeReply, decodeRequest } from '../../../reference/protocol.js';
import type { CallReader, Framing, ReplyText, RequestText } from './framing.js';

const NEWLINE = 10;

export const jsonLines: Framing = {
  name: 'json-lines',
  messageLength: (bytes) => bytes.indexOf(NEWLINE) + 1,
  mayEndIn: (piece) => piece.includes(NEWLINE),
  severalCalls: true,
  open: () => READER,
};

/** Each line can be read by itself. */
const READER: CallReader = {
  request(bytes): RequestText {
    const request = once(() => decodeRequest(bytes.toString()));
    return {
      get method() {
        return request()?.method;
      },
      get args() {
        return request()?.params;
      },
    };
  },
  reply(bytes): ReplyText {
    const reply = once(() => decodeReply(bytes.toString()));
    return {
      get result() {
        const read = reply();
        return read && 'result' in read ? read.result : undefined;
      },
      get error() {
        const read = reply();
        return read && 'error' in read ? read.error.message : undefined;
      },
    };
  },
};

/** Calls `read` when it is first asked, and never again. */
function once<T>(read: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: read() }).value;
}
