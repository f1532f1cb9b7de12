/** The views in a timeline: which were seen and when, and which servers had pinged with which number by then. */

import type { PingedEvent, TimelineEvent, ToldEvent, ViewEvent } from '../../history/timeline.js';

/** A process was told a view. */
export type Sighting = ToldEvent | ViewEvent;

export interface ViewBook {
  /** In the order of time. */
  sightings: Sighting[];
  /** The first sighting of each number, in the order of time. */
  first: Map<number, Sighting>;
  /** Whether all pings of servers can be seen: not in a protocol that the kit cannot read, or not always. */
  seesPings: boolean;
  /** The first ping of a server; with a number, its first with that number. */
  firstPing(server: string, viewnum?: number): PingedEvent | undefined;
  /** The last ping of a server before this time, in ms; of equal ones in a row the first is known. */
  lastPing(server: string, beforeMs: number): PingedEvent | undefined;
  /** The first ping of anybody with this number. */
  firstPingWith(viewnum: number): PingedEvent | undefined;
}

/** Reads a timeline, whose events are in the order of time. */
export function readViews(timeline: readonly TimelineEvent[]): ViewBook {
  const sightings = timeline.filter((event) => event.kind === 'told' || event.kind === 'view');
  const pings = timeline.filter((event) => event.kind === 'pinged');
  const byServer = firstBy(pings, ({ process }) => process);
  const byBoth = firstBy(pings, ({ process, viewnum }) => `${viewnum} ${process}`);
  const byNumber = firstBy(pings, ({ viewnum }) => viewnum);
  return {
    sightings,
    first: firstBy(sightings, ({ view }) => view.viewnum),
    seesPings:
      !timeline.some(({ kind }) => kind === 'unread') &&
      !memberIsSilent(timeline, sightings, byServer),
    firstPing: (server, viewnum) =>
      viewnum === undefined ? byServer.get(server) : byBoth.get(`${viewnum} ${server}`),
    lastPing: (server, beforeMs) =>
      pings.findLast(({ process, atMs }) => process === server && atMs < beforeMs),
    firstPingWith: (viewnum) => byNumber.get(viewnum),
  };
}

function firstBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T> {
  const first = new Map<K, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return first;
}

/** A process of the submission was a member of a view, and not one ping of it was ever seen. */
function memberIsSilent(
  timeline: readonly TimelineEvent[],
  sightings: readonly Sighting[],
  pinged: ReadonlyMap<string, PingedEvent>,
): boolean {
  const members = new Set(sightings.flatMap(({ view }) => [view.primary, view.backup]));
  return timeline.some(
    (event) => event.kind === 'started' && members.has(event.process) && !pinged.has(event.process),
  );
}
