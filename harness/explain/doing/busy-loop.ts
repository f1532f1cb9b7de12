/** Finds servers that did nothing but ask the view service, far more often than the lab asks them to ping. */

import { describeMs, describeView } from '../../history/describe.js';
import type { TimelineEvent, View } from '../../history/timeline.js';
import type { TracedCall } from '../../history/trace.js';

/** Shorter times tell nothing, in ms. */
const SHORTEST_MS = 1000;

/** So many times as often as every ping interval is no longer a ping and a question now and then. */
const TOO_OFTEN = 5;

export interface BusyFacts {
  calls: readonly TracedCall[];
  timeline: readonly TimelineEvent[];
  viewService: string;
  servers: readonly string[];
  pingIntervalMs: number;
  untilMs: number;
}

/** Sentences such as `After view 3 (primary pb1, backup none), pb1 called the view service 3858 times and nobody else.` */
export function describeBusyLoops(facts: BusyFacts): string[] {
  const { timeline, untilMs, servers, pingIntervalMs } = facts;
  const last = lastView(timeline);
  const sinceMs = last?.atMs ?? 0;
  const lastedMs = untilMs - sinceMs;
  if (lastedMs < SHORTEST_MS) return [];
  const bound = (TOO_OFTEN * lastedMs) / pingIntervalMs;
  return servers.flatMap((server) => {
    const own = facts.calls.filter(
      ({ from, startMs, again }) =>
        from === server && Math.max(startMs, again?.untilMs ?? 0) >= sinceMs,
    );
    const asked = countCalls(
      own.filter(({ to }) => to === facts.viewService),
      sinceMs,
    );
    if (asked <= bound || own.some(({ to }) => to !== facts.viewService)) return [];
    const since =
      last === undefined
        ? ''
        : `After ${describeView(last.view)}, at ${describeMs(Math.round(sinceMs))}, `;
    return [`${since}${server} called the view service ${asked} times and nobody else.`];
  });
}

/** By their numbers, since of very many calls not all are kept; a kept one may stand for some that came before. */
function countCalls(calls: readonly TracedCall[], sinceMs: number): number {
  const later = calls.filter(({ startMs }) => startMs >= sinceMs);
  const [first] = later;
  const last = Math.max(0, ...calls.map(({ number, again }) => again?.lastNumber ?? number));
  return first === undefined ? 0 : last - first.number + 1;
}

interface Seen {
  view: View;
  atMs: number;
}

/** When the newest view was first heard of. */
function lastView(timeline: readonly TimelineEvent[]): Seen | undefined {
  let newest: Seen | undefined;
  for (const event of timeline) {
    if (event.kind !== 'view' && event.kind !== 'told') continue;
    const { view, atMs } = event;
    if (newest === undefined || view.viewnum > newest.view.viewnum) newest = { view, atMs };
  }
  return newest;
}
