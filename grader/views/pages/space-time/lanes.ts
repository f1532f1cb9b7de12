/** The processes with a lane: those with something to draw, clients first and the view service last. */

import {
  VIEW_SERVICE,
  type Belief,
  type TimelineEvent,
  type View,
} from '../../../../harness/index.js';
import { compareText } from '../../../text/compare-text.js';
import type { Item, Lane, LaneKind } from './scene.js';

/** Servers without an item of their own get a lane, for their beliefs, only up to so many lanes. */
const MAX_IDLE_LANES = 6;

const ORDER: readonly LaneKind[] = ['client', 'server', 'view service'];

export function lanesOf(
  items: readonly Item[],
  timeline: readonly TimelineEvent[],
  beliefs: readonly Belief[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Lane[] {
  const servers = serversIn(timeline);
  const busy = new Set(items.flatMap(placesOf));
  const believing = beliefs
    .filter((one) => one.fromMs <= toMs && (one.untilMs ?? Infinity) >= fromMs)
    .flatMap(({ process }) => (servers.has(process) && !busy.has(process) ? process : []));
  const idle = [...new Set(believing)].slice(0, Math.max(0, MAX_IDLE_LANES - busy.size));
  return [...busy, ...idle]
    .map((name) => ({ name, kind: kindOf(name, servers) }))
    .toSorted(
      (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compareText(a.name, b.name),
    );
}

function placesOf(item: Item): string[] {
  switch (item.kind) {
    case 'operation':
      return [item.lane];
    case 'call':
      return [item.from, item.to];
    case 'event':
      return item.to === undefined ? [item.lane] : [item.lane, item.to];
  }
}

function kindOf(name: string, servers: ReadonlySet<string>): LaneKind {
  if (name === VIEW_SERVICE) return 'view service';
  return servers.has(name) ? 'server' : 'client';
}

/** Processes that have pinged or were in a view. */
function serversIn(timeline: readonly TimelineEvent[]): Set<string> {
  const members = ({ primary, backup }: View) => [primary, backup].filter((name) => name !== '');
  return new Set(
    timeline.flatMap((event) => {
      if (event.kind === 'pinged') return event.process;
      return event.kind === 'told' || event.kind === 'view' ? members(event.view) : [];
    }),
  );
}
