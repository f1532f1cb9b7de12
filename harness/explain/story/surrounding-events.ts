/**
 * The events that may have set a failure off, beside those that prove it: processes that were started again with
 * nothing in memory, pings with 0, frozen and woken processes, links that were taken away and came back, requests that
 * were led astray. It picks; it does not judge.
 */

import { tookEffect, type FaultEvent, type TimelineEvent } from '../../history/timeline.js';
import type { Evidence } from '../../lab/verdict.js';

/** So long before the first event or operation of the evidence something may have set it off, in ms. */
const LOOK_BACK_MS = 1000;

/** Most events that are added to one piece of evidence; of more, the latest are kept. */
const MAX_ADDED = 10;

/** Most links that were away without being used. */
const MAX_UNUSED = 4;

/** Events of a run of which nothing is known to have to do with its failure. */
const MAX_OF_RUN = 16;

/** The events of the evidence with those that may have set it off, in order of time. */
export function withTriggers(
  { operations, events, series }: Evidence,
  timeline: readonly TimelineEvent[],
): TimelineEvent[] {
  const isBare = operations.length === 0 && events.length === 0;
  if (isBare && series === undefined) return timeline.filter(isDeed).slice(-MAX_OF_RUN);
  const times = [
    ...operations.flatMap(({ callMs, returnMs = callMs }) => [callMs, returnMs]),
    ...events.map(({ atMs }) => atMs),
  ];
  if (times.length === 0) return [...events];
  const span = { fromMs: Math.min(...times) - LOOK_BACK_MS, toMs: Math.max(...times) };
  const known = new Set(events);
  const returned = returnsIn(timeline);
  const added = timeline.filter((event) => !known.has(event) && isTrigger(event, span, returned));
  const isLost = [...events, ...added].some(isLinkFault);
  // Of a link that nobody used while it was away, that may be the point.
  const unused = isLost
    ? []
    : timeline.filter((event) => isLinkFault(event) && isAway(event, span));
  return [...events, ...added.slice(-MAX_ADDED), ...unused.slice(-MAX_UNUSED)].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}

function isLinkFault(event: TimelineEvent): event is FaultEvent {
  return event.kind === 'fault' && event.call === undefined;
}

function isAway({ atMs, untilMs = Infinity }: FaultEvent, { fromMs, toMs }: Span): boolean {
  return atMs <= toMs && untilMs >= fromMs;
}

/** Whether it was done to a process or happened to it: not what is said again and again. */
function isDeed({ kind }: TimelineEvent): boolean {
  return kind !== 'told' && kind !== 'pinged' && kind !== 'fault';
}

interface Span {
  fromMs: number;
  toMs: number;
}

function isTrigger(
  event: TimelineEvent,
  { fromMs, toMs }: Span,
  returned: ReadonlySet<TimelineEvent>,
): boolean {
  if (event.kind === 'fault') return isTriggeringFault(event, { fromMs, toMs });
  if (event.atMs < fromMs || event.atMs > toMs) return false;
  switch (event.kind) {
    case 'started':
      return event.restarted === true;
    case 'killed':
    case 'exited':
    case 'paused':
    case 'resumed':
      return true;
    case 'pinged':
      return returned.has(event);
    case 'view':
    case 'told':
    case 'unread':
      return false;
  }
}

/** The pings with 0 of servers that had pinged before: a first one is how every server begins. */
function returnsIn(timeline: readonly TimelineEvent[]): Set<TimelineEvent> {
  const pinged = new Set<string>();
  return new Set(
    timeline.filter((event) => {
      if (event.kind !== 'pinged') return false;
      const isReturn = event.viewnum === 0 && pinged.has(event.process);
      pinged.add(event.process);
      return isReturn;
    }),
  );
}

/** Of faults on single calls, only a request that reached another process; the calls tell of the rest. */
function isTriggeringFault(fault: FaultEvent, { fromMs, toMs }: Span): boolean {
  const { atMs, call, reached } = fault;
  if (call !== undefined) return reached !== undefined && atMs >= fromMs && atMs <= toMs;
  return tookEffect(fault) && isAway(fault, { fromMs, toMs });
}
