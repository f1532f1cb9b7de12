/**
 * Reads the pings and answers that pass the relays to the view service, and enters them into the lane of
 * views. Only a protocol that the kit can read has them.
 */

import {
  decodePing,
  decodeView,
  isRecord,
  type PingParams,
  type View,
} from '../../reference/protocol.js';
import type { ViewLane } from '../history/view-lane.js';
import type { ReplyText, RequestText } from '../network/framing/framing.js';
import type { NetworkOptions } from '../network/network.js';
import { VIEW_SERVICE } from './cluster.js';

/** How one protocol says what the lane of views is made of. */
export interface ViewLanguage {
  /** The methods of the lab's view service. */
  methods: readonly string[];
  /** The ping that a request is; `unknown` if it may be one all the same. */
  pingIn(asked: RequestText): PingParams | 'none' | 'unknown';
  viewIn(answered: ReplyText): View | undefined;
}

/** The kit's own protocol; who departs from it, and pings in a way of its own, is right as far as views go. */
export const pblabViews: ViewLanguage = {
  methods: ['view.ping', 'view.get'],
  pingIn({ method, args }) {
    if (method === 'view.get') return 'none';
    return (method === 'view.ping' && decodePing(args)) || 'unknown';
  },
  viewIn: ({ result }) => decodeView(result),
};

/** The calls of the stock view service (lab.md, section 1.2). A submission that has changed them may ping in other ways. */
export const stockViews: ViewLanguage = {
  methods: ['ViewServer.Ping', 'ViewServer.Get'],
  pingIn({ method, args }) {
    if (method === 'ViewServer.Get') return 'none';
    if (method !== 'ViewServer.Ping' || !isRecord(args)) return 'unknown';
    return decodePing({ server: args['Me'], viewnum: args['Viewnum'] }) ?? 'unknown';
  },
  viewIn({ result }) {
    if (!isRecord(result) || !isRecord(result['View'])) return undefined;
    const { Viewnum, Primary, Backup } = result['View'];
    return decodeView({ view: { viewnum: Viewnum, primary: Primary, backup: Backup } });
  },
};

export interface ViewTrafficListener {
  /** Messages of the kit's own clients are skipped here: the kit records them itself. */
  isOwn: (process: string) => boolean;
  /** Hears of each ping that a server sent itself. */
  pingedItself: (server: string) => void;
}

export function readViewTraffic(
  { pingIn, viewIn }: ViewLanguage,
  lane: ViewLane,
  { isOwn, pingedItself }: ViewTrafficListener,
): Required<Pick<NetworkOptions, 'onDelivered' | 'onReplied' | 'onUnreadable'>> {
  const isRead = (from: string, to: string) => to === VIEW_SERVICE && !isOwn(from);
  return {
    onDelivered(from, to, asked) {
      if (!isRead(from, to)) return;
      const ping = pingIn(asked);
      if (ping !== 'unknown' && ping !== 'none' && ping.server === from) pingedItself(from);
      if (ping === 'unknown') lane.unread(from);
      else if (ping !== 'none') lane.pinged(ping.server, ping.viewnum);
    },
    onReplied({ from, to, answered, deliveredMs }) {
      if (!isRead(from, to)) return;
      const view = viewIn(answered);
      if (view !== undefined) lane.told(from, view, deliveredMs);
    },
    onUnreadable(from, to) {
      if (isRead(from, to)) lane.unread(from);
    },
  };
}
