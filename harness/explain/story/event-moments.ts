/** Describes what was done to a cluster, or happened in it, apart from operations and calls. */

import { describeMs } from '../../history/describe.js';
import type { FaultEvent, TimelineEvent, View } from '../../history/timeline.js';
import type { Moment } from './story-line.js';

/** An event, and how many like it are told with it. */
export interface FoldedEvent {
  event: TimelineEvent;
  again?: { times: number; untilMs: number };
}

/** Like effects of a fault on one link, one after the other, become the first of them. */
export function foldFaults(events: readonly TimelineEvent[]): FoldedEvent[] {
  const folded: FoldedEvent[] = [];
  const lastOfLink = new Map<string, FoldedEvent>();
  for (const event of events) {
    const next: FoldedEvent = { event };
    if (event.kind === 'fault' && event.call !== undefined) {
      const link = `${event.from}>${event.to}`;
      const last = lastOfLink.get(link);
      if (last?.event.kind === 'fault' && essence(last.event) === essence(event)) {
        last.again = { times: (last.again?.times ?? 0) + 1, untilMs: event.atMs };
        continue;
      }
      lastOfLink.set(link, next);
    }
    folded.push(next);
  }
  return folded;
}

/** All but the times and the numbers. */
function essence({ fault, method, callerSaw, delivered, reached, standingMs }: FaultEvent): string {
  return JSON.stringify([fault, method, callerSaw, delivered, reached, standingMs]);
}

/** The event; and for a link that was taken away, also the moment at which it came back. */
export function momentsOfEvent({ event, again }: FoldedEvent): Moment[] {
  const text = `${describeEvent(event)}${describeRepeats(again)}`;
  const moments: Moment[] = [{ atMs: event.atMs, text, about: event }];
  if (event.kind === 'fault' && isLasting(event))
    moments.push({ atMs: event.untilMs, text: describeHeal(event), about: event });
  return moments;
}

function describeEvent(event: TimelineEvent): string {
  switch (event.kind) {
    case 'started':
      return `${event.process} is started${event.restarted ? ' again, with nothing in memory' : ''}`;
    case 'killed':
      return `${event.process} is killed`;
    case 'paused':
      return `${event.process} is frozen`;
    case 'resumed':
      return `${event.process} wakes up`;
    case 'exited':
      return `${event.process} ends by itself: ${event.detail ?? 'no reason known'}`;
    case 'view':
      return describeView(event.view);
    case 'pinged':
      // A ping carries the name of its sender, which may be empty.
      return `${event.process || 'an unnamed server'} pings the view service with ${event.viewnum}${describeRepeats(event.again)}`;
    case 'told':
      return `${event.process} is told ${describeView(event.view)}`;
    case 'unread':
      return `${event.process} sends the view service a message that cannot be decoded`;
    case 'fault':
      return describeFault(event);
  }
}

/** Empty if there were none. */
export function describeRepeats(again: { times: number; untilMs: number } | undefined): string {
  if (again === undefined) return '';
  const times = again.times === 1 ? 'once more' : `${again.times} more times`;
  return `, and ${times} until ${describeMs(Math.round(again.untilMs))}`;
}

function describeView({ viewnum, primary, backup }: View): string {
  return `view ${viewnum}: primary ${primary || 'none'}, backup ${backup || 'none'}`;
}

function describeFault({
  fault,
  from,
  to,
  call,
  method,
  callerSaw,
  delivered,
  reached,
  standingMs,
  atMs,
  untilMs,
}: FaultEvent): string {
  if (call === undefined) return `${fault}: ${describeLoss(from, to, atMs, untilMs)}`;
  const what = `call ${call}${method === undefined ? '' : ` (${method})`}`;
  if (standingMs !== undefined)
    return `${fault} on ${from} → ${to}, ${what}: held for ${standingMs} ms`;
  const place = reached === undefined ? '' : ` to ${reached} instead of ${to}`;
  const fate = `${delivered ? 'delivered' : 'not delivered'}${place}`;
  return `${fault} on ${from} → ${to}, ${what}: ${fate}; ${from} saw ${callerSaw}`;
}

/** A link that is given back at once has only lost the calls that were under way. */
const AT_ONCE_MS = 1;

function describeLoss(from: string, to: string, atMs: number, untilMs?: number): string {
  if (untilMs === undefined) return `${from} cannot reach ${to} from now on`;
  if (untilMs - atMs < AT_ONCE_MS)
    return `the calls from ${from} to ${to} under way are cut off; new calls work`;
  return `${from} cannot reach ${to} until ${describeMs(Math.round(untilMs))}`;
}

function isLasting(event: FaultEvent): event is FaultEvent & { untilMs: number } {
  const { call, atMs, untilMs } = event;
  return call === undefined && untilMs !== undefined && untilMs - atMs >= AT_ONCE_MS;
}

function describeHeal({ fault, from, to }: FaultEvent): string {
  return `${fault} ends: ${from} can reach ${to} again`;
}
