/**
 * The events a person needs beside a few operations: what was done to them and around them. It picks;
 * it does not judge.
 */

import type { Operation } from '../history/operation.js';
import { tookEffect, type FaultEvent, type TimelineEvent } from '../history/timeline.js';

/** Most events of one piece of evidence. */
const MAX_EVENTS = 12;

const WEIGHTS: Record<Exclude<TimelineEvent['kind'], 'fault'>, number> = {
  killed: 3,
  exited: 3,
  paused: 3,
  resumed: 3,
  view: 2,
  started: 0,
  pinged: 0,
  told: 0,
  unread: 0,
};

/**
 * Faults that hit the operations, or may have, because they hit a call that could not be read while one
 * of them was under way; processes that went, views that came and other faults between their first call
 * and last return; links that had been taken away. In order of time; of too many, the most telling kinds and
 * then the latest are kept.
 */
export function eventsAround(
  operations: readonly Operation[],
  timeline: readonly TimelineEvent[],
): TimelineEvent[] {
  const fromMs = Math.min(...operations.map(({ callMs }) => callMs));
  const toMs = Math.max(...operations.map(({ callMs, returnMs }) => returnMs ?? callMs));
  return pickEvents(operations, timeline, fromMs, toMs);
}

/** Like `eventsAround`, for a span of time in ms, both ends included. */
export function pickEvents(
  operations: readonly Operation[],
  timeline: readonly TimelineEvent[],
  fromMs: number,
  toMs: number,
): TimelineEvent[] {
  return timeline
    .map((event) => ({ event, weight: weigh(event, operations, fromMs, toMs) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || b.event.atMs - a.event.atMs)
    .slice(0, MAX_EVENTS)
    .map(({ event }) => event)
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** The last events of a timeline, where nothing more is known of what they have to do with. */
export function latestEvents(timeline: readonly TimelineEvent[]): TimelineEvent[] {
  return timeline.filter(({ kind }) => kind !== 'fault').slice(-MAX_EVENTS);
}

/** 0 if the event has nothing to do with the operations. */
function weigh(
  event: TimelineEvent,
  operations: readonly Operation[],
  fromMs: number,
  toMs: number,
): number {
  if (event.kind === 'fault') return weighFault(event, operations, fromMs, toMs);
  return event.atMs < fromMs || event.atMs > toMs ? 0 : WEIGHTS[event.kind];
}

function weighFault(
  fault: FaultEvent,
  operations: readonly Operation[],
  fromMs: number,
  toMs: number,
): number {
  // A link that was cut at any time in the span; a cut that no call met explains nothing.
  if (fault.call === undefined) {
    const { atMs, untilMs = Infinity } = fault;
    return tookEffect(fault) && atMs <= toMs && untilMs >= fromMs ? 2 : 0;
  }
  if (fault.operation !== undefined)
    return operations.some(({ id }) => id === fault.operation) ? 4 : 0;
  const isUnderWay = ({ callMs, returnMs = toMs }: Operation) =>
    callMs <= fault.atMs && fault.atMs <= returnMs;
  if (operations.some(isUnderWay)) return 1;
  // A call of no operation, such as a transfer: what it has lost a later operation may miss.
  return fromMs <= fault.atMs && fault.atMs <= toMs ? 0.5 : 0;
}
