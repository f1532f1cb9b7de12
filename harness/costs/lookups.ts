/**
 * How often the view service is asked beyond what the lab asks for, which is one ping of each server in each
 * interval. Whether a call is a ping does not matter: a server may well ask by pinging.
 */

import type { TimelineEvent } from '../history/timeline.js';
import type { Expenses } from './expenses.js';

/** The calls of clerks, and those of servers that are more than their pings; `untilMs` is the end of the run. */
export function viewLookups(
  { askedByClerks, askedByServers }: Expenses,
  timeline: readonly TimelineEvent[],
  { pingIntervalMs, untilMs }: { pingIntervalMs: number; untilMs: number },
): number {
  const excess = [...askedByServers].map(([server, asked]) => {
    const due = livesOf(server, timeline, untilMs).map((ms) => Math.ceil(ms / pingIntervalMs) + 1);
    return Math.max(0, asked - due.reduce((sum, pings) => sum + pings, 0));
  });
  return excess.reduce((sum, more) => sum + more, askedByClerks);
}

/** How long it lived each time that it was started, in ms. */
function livesOf(process: string, timeline: readonly TimelineEvent[], untilMs: number): number[] {
  const lives: number[] = [];
  let startedMs: number | undefined;
  const end = (atMs: number) => {
    if (startedMs !== undefined) lives.push(atMs - startedMs);
    startedMs = undefined;
  };
  for (const event of timeline) {
    if (!('process' in event) || event.process !== process) continue;
    if (event.kind === 'started') startedMs = event.atMs;
    else if (event.kind === 'killed' || event.kind === 'exited') end(event.atMs);
  }
  end(untilMs);
  return lives;
}
