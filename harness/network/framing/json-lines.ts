/** The framing of pblab/1: one JSON-RPC object a line. */

import { decodeReply, decodeRequest } from '../../../reference/protocol.js';
import type { Framing, ReplyText, RequestText } from './framing.js';
import { once } from './once.js';

const NEWLINE = 10;

/** Each line can be read by itself. */
export const jsonLines: Framing = {
  name: 'json-lines',
  calls: 'in turn',
  openRequests: () => ({ endIn: endOfLine, read: readRequest }),
  openReplies: () => ({ endIn: endOfLine, read: readReply }),
};

function endOfLine(piece: Buffer, from: number): number | 'none' {
  const newline = piece.indexOf(NEWLINE, from);
  return newline < 0 ? 'none' : newline + 1;
}

function readRequest(line: Buffer): RequestText {
  const request = once(() => decodeRequest(line.toString()));
  return {
    get method() {
      return request()?.method;
    },
    get args() {
      return request()?.params;
    },
  };
}

function readReply(line: Buffer): ReplyText {
  const reply = once(() => decodeReply(line.toString()));
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
}
