/**
 * Asks a view service of the stock lab for its view, in the words in which the lab's own clerk asks it, but without a
 * process for that: one would have to be started in every run, and each question would pass it and a relay.
 */

import type { ReplyText } from '../network/framing/framing.js';
import { netRpc } from '../network/framing/net-rpc.js';
import {
  callOnce,
  CLERK_POLL_MS,
  hearings,
  type AnswerReader,
  type Observer,
  type TimeAndMachine,
} from './view-source.js';
import { stockViews } from './view-traffic.js';

/**
 * A call of `ViewServer.Get` as Go's net/rpc writes it: the type of a request and the request, the type of the arguments
 * and the arguments. These are an empty struct, which fits every struct (encoding/gob).
 */
const GET = Buffer.from(
  '2e7f030101075265717565737401ff80000102010d536572766963654d6574686f64010c000103536571010600000013ff80' +
    '010e566965775365727665722e4765740013ff81030101074765744172677301ff8200000003ff8200',
  'hex',
);

/** `otherwise` gives whom to ask if the service at `path` answers anything else than a view. */
export function viewFromRpc(
  path: string,
  world: TimeAndMachine,
  otherwise: () => Observer,
): Observer {
  const nextHearing = hearings('observer', world);
  return {
    pollMs: CLERK_POLL_MS,
    async view() {
      const reply = await callOnce(path, GET, replyIn, nextHearing());
      if (reply === undefined) return undefined;
      const view = reply === 'unreadable' ? undefined : stockViews.viewIn(reply);
      return view ?? otherwise().view();
    },
  };
}

function replyIn(): AnswerReader<ReplyText | 'unreadable'> {
  const reader = netRpc.openReplies();
  const pieces: Buffer[] = [];
  return (piece) => {
    pieces.push(piece);
    const end = reader.endIn(piece, 0);
    if (end === 'none') return undefined;
    return end === 'unreadable' ? end : reader.read(Buffer.concat(pieces));
  };
}
