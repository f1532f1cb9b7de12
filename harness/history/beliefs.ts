/**
 * Which process believed which view, and when: a process believes the view that it was told last, until it is told
 * another one or has ended. Its conclusions from the view are not known.
 */

import type { TimelineEvent, View } from './timeline.js';

export interface Belief {
  process: string;
  view: View;
  /** From when it was told. */
  fromMs: number;
  /** Until it was told another view or was gone; absent if it never was. */
  untilMs?: number;
}

/** All beliefs, in the order in which they were come by. */
export function beliefsIn(timeline: readonly TimelineEvent[]): Belief[] {
  const all: Belief[] = [];
  const current = new Map<string, Belief>();
  const end = (process: string, atMs: number) => {
    const belief = current.get(process);
    if (belief !== undefined) belief.untilMs = atMs;
    current.delete(process);
  };
  for (const event of timeline) {
    if (event.kind === 'told') {
      const { process, view, atMs } = event;
      end(process, atMs);
      const belief: Belief = { process, view, fromMs: atMs };
      all.push(belief);
      current.set(process, belief);
    } else if (event.kind === 'killed' || event.kind === 'exited') end(event.process, event.atMs);
  }
  return all;
}
