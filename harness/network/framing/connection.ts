/**
 * The framing for a protocol that the kit cannot read: a connection is one call. What has arrived
 * first counts as the message, and everything after it is passed on as it comes.
 */

import type { Framing, MessageReader, ReplyText, RequestText } from './framing.js';

export const connectionFraming: Framing = {
  name: 'connection',
  calls: 'one',
  openRequests: () => REQUESTS,
  openReplies: () => REPLIES,
};

const endOfPiece = (piece: Buffer) => piece.length;

const REQUESTS: MessageReader<RequestText> = {
  endIn: endOfPiece,
  read: () => ({ method: undefined, args: undefined }),
};

const REPLIES: MessageReader<ReplyText> = {
  endIn: endOfPiece,
  read: () => ({ result: undefined, error: undefined }),
};
