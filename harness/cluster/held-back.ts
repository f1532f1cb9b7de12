/**
 * Finds out whether a server has lost its place in the view because the machine or the kit held it back. Each delay may be too
 * short to disturb a run by itself: a server waits three times for a processor, a ping twice for the kit, and five pings are
 * missing. The view service is right to drop the server then, and what follows proves nothing about the submission.
 */

import { isOfScenario, type TimelineEvent, type View } from '../history/timeline.js';
import type { Strain } from '../process/disturbance.js';
import { VIEW_SERVICE, type Lab } from './cluster.js';
import { deadlyGapMs, type PingGap } from './ping-gaps.js';

export interface HeldBackFacts {
  gaps: readonly PingGap[];
  timeline: readonly TimelineEvent[];
  strains: readonly Strain[];
  lab: Pick<Lab, 'pingIntervalMs' | 'deadPings'>;
}

/** Why a run must not be judged, as one sentence; undefined if it may be. */
export function heldBackFromPinging(facts: HeldBackFacts): string | undefined {
  const { gaps, timeline, strains, lab } = facts;
  const boundMs = deadlyGapMs(lab);
  for (const gap of gaps) {
    const lengthMs = gap.untilMs - gap.fromMs;
    const heldMs = strains.reduce((sum, strain) => sum + heldIn(gap, strain), 0);
    // So much is held on a quiet machine, too.
    if (heldMs < lab.pingIntervalMs) continue;
    // A gap that is long enough without what was held is the server's own, or the scenario's.
    if (lengthMs < boundMs || lengthMs - heldMs >= boundMs) continue;
    if (!lostItsPlace(gap, timeline) || timeline.some((event) => explains(event, gap))) continue;
    return (
      `${gap.server} lost its place in the view: the view service received no ping of it for ${Math.round(lengthMs)} ms ` +
      `(bound ${boundMs} ms), and for ${Math.round(heldMs)} ms of these it waited for a processor or for the kit.`
    );
  }
  return undefined;
}

/** For how long a server was held back in the part of a gap that lies in this window, in ms. */
function heldIn(gap: PingGap, { fromMs, untilMs, lagMs, waitsMs }: Strain): number {
  const commonMs = Math.min(untilMs, gap.untilMs) - Math.max(fromMs, gap.fromMs);
  const waitMs = gap.pid === undefined ? 0 : (waitsMs.get(gap.pid) ?? 0);
  return Math.max(0, Math.min(commonMs, lagMs + waitMs));
}

/** Whether the next view after the last ping has another one in the server's role. */
function lostItsPlace({ server, fromMs }: PingGap, timeline: readonly TimelineEvent[]): boolean {
  let before: View | undefined;
  for (const event of timeline) {
    if (event.kind !== 'view' && event.kind !== 'told') continue;
    const { view } = event;
    if (event.atMs <= fromMs) {
      if (before === undefined || view.viewnum > before.viewnum) before = view;
    } else if (before !== undefined && view.viewnum > before.viewnum) {
      const { primary, backup } = view;
      if (before.primary === server) return primary !== server;
      return before.backup === server && primary !== server && backup !== server;
    }
  }
  return false;
}

/** Whether the scenario did something to the server, to its view service, or to its pings meanwhile. */
function explains(event: TimelineEvent, { server, fromMs, untilMs }: PingGap): boolean {
  if (event.kind === 'view' || event.kind === 'pinged' || event.kind === 'told') return false;
  if (event.kind === 'fault') {
    const endMs = event.untilMs ?? (event.call === undefined ? Infinity : event.atMs);
    const isOfPings = event.from === server && event.to === VIEW_SERVICE && isOfScenario(event);
    return isOfPings && event.atMs <= untilMs && endMs >= fromMs;
  }
  const isNear = event.process === server || event.process === VIEW_SERVICE;
  return isNear && event.atMs >= fromMs && event.atMs <= untilMs;
}
