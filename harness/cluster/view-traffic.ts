/**
 * Reads the pings and answers that pass the relays to the view service, and enters them into the lane of
 * views. Only a protocol that the kit can read has them.
 */

import { decodePing, decodeView } from '../../reference/protocol.js';
import type { ViewLane } from '../history/view-lane.js';
import type { NetworkOptions } from '../network/network.js';
import { VIEW_SERVICE } from './cluster.js';

/** The listeners of a network whose servers speak pblab/1. */
export function readViewTraffic(
  lane: ViewLane,
): Required<Pick<NetworkOptions, 'onDelivered' | 'onReplied'>> {
  return {
    onDelivered(_from, to, asked) {
      if (to !== VIEW_SERVICE) return;
      const ping = asked.method === 'view.ping' ? decodePing(asked.args) : undefined;
      if (ping !== undefined) lane.pinged(ping.server, ping.viewnum);
    },
    onReplied({ from, to, answered, deliveredMs }) {
      if (to !== VIEW_SERVICE) return;
      const view = decodeView(answered.result);
      if (view !== undefined) lane.told(from, view, deliveredMs);
    },
  };
}
