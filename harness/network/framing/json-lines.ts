/** The framing of pblab/1: one JSON-RPC object a line. */

import { decodeRequest } from '../../../reference/protocol.js';
import type { Framing } from './framing.js';

const NEWLINE = 10;

export const jsonLines: Framing = {
  name: 'json-lines',
  messageLength: (bytes) => bytes.indexOf(NEWLINE) + 1,
  mayEndIn: (piece) => piece.includes(NEWLINE),
  severalCalls: true,
  methodOf: (request) => decodeRequest(request.toString())?.method,
};
