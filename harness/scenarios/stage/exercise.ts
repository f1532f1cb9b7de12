/** Proofs of exercise that scenarios share: did the faults take effect, was there a fail-over? */

import { tookEffect, type FaultEvent, type TimelineEvent } from '../../history/timeline.js';
import type { Facts } from './stage.js';

/** At least one call lost its request and at least one its reply after it had been delivered. */
export function callsWereLost({ timeline }: Facts): string | undefined {
  const faults = effects(timeline);
  if (!faults.some(({ delivered }) => !delivered)) return 'No request was lost in this run.';
  if (!faults.some(({ delivered }) => delivered)) return 'No reply was lost in this run.';
  return undefined;
}

/** At least one call was delivered to another process than the one that was dialled. */
export function wasMisdirected({ timeline }: Facts): string | undefined {
  const astray = timeline.some(
    (event) => event.kind === 'fault' && event.reached !== undefined && event.delivered,
  );
  return astray ? undefined : 'No call reached the server that it was misdirected to.';
}

/** The fault of this name took effect at least `times` times: on a call, or on a link that a call met. */
export function faultBit(fault: string, times = 1) {
  return ({ timeline }: Facts): string | undefined => {
    const seen = effects(timeline).filter((event) => event.fault === fault);
    if (seen.length >= times) return undefined;
    return `The planned fault ${fault} took effect ${seen.length} times (needed: ${times}).`;
  };
}

/** A call that the fault of this name had held was delivered in the end. */
export function heldCallArrived(fault: string) {
  return ({ timeline }: Facts): string | undefined => {
    const arrived = effects(timeline).some((event) => event.fault === fault && event.delivered);
    return arrived ? undefined : `No call that was held by ${fault} was delivered in the end.`;
  };
}

/** The faults that took effect. */
export function effects(timeline: readonly TimelineEvent[]): FaultEvent[] {
  return timeline.filter((event) => event.kind === 'fault').filter(tookEffect);
}

/** A view with at least this number was reported. */
export function highestView(viewnum: number) {
  return ({ timeline }: Facts): string | undefined => {
    const told = timeline.filter((event) => event.kind === 'told');
    const highest = Math.max(0, ...told.map(({ view }) => view.viewnum));
    if (highest >= viewnum) return undefined;
    return `The views came to number ${highest}, and should have come to ${viewnum}.`;
  };
}
