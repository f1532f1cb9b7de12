/** Proofs of exercise that scenarios share: did the faults bite, was there a fail-over? */

import type { Facts } from './scenario.js';

/** At least one call lost its request and at least one its reply after it had been delivered. */
export function callsWereLost({ timeline }: Facts): string | undefined {
  const faults = timeline.filter((event) => event.kind === 'fault');
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

/** The fault of this name bit at least `times` calls. */
export function faultBit(fault: string, times = 1) {
  return ({ timeline }: Facts): string | undefined => {
    const bites = timeline.filter((event) => event.kind === 'fault' && event.fault === fault);
    if (bites.length >= times) return undefined;
    return `The fault ${fault} bit ${bites.length} calls, and should have bitten ${times}.`;
  };
}

/** Somebody was told of a view with at least this number. */
export function highestView(viewnum: number) {
  return ({ timeline }: Facts): string | undefined => {
    const told = timeline.filter((event) => event.kind === 'told');
    const highest = Math.max(0, ...told.map(({ view }) => view.viewnum));
    if (highest >= viewnum) return undefined;
    return `The views came to number ${highest}, and should have come to ${viewnum}.`;
  };
}
