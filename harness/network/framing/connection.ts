/**
 * The framing for a protocol that the kit cannot read: a connection is one call. What has arrived
 * first counts as the message, and everything after it is passed on as it comes.
 */

import type { CallReader, Framing } from './framing.js';

const UNREADABLE: CallReader = {
  request: () => ({ method: undefined, args: undefined }),
  reply: () => ({ result: undefined, error: undefined }),
};

export const connectionFraming: Framing = {
  name: 'connection',
  messageLength: (bytes) => bytes.length,
  mayEndIn: () => true,
  severalCalls: false,
  open: () => UNREADABLE,
};
