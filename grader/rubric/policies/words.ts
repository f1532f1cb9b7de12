/** Rates that a person has chosen, and shares of points, in words. */

import { percent } from '../../text/count.js';

/** `all points`, `no points`, or `50 % of the points`. */
export function describeShare(share: number): string {
  if (share === 0) return 'no points';
  return share === 1 ? 'all points' : `${shortPercent(share)} of the points`;
}

/** `5 %` rather than `5.0 %`. */
export function shortPercent(rate: number): string {
  return `${percent(rate).replace(/\.0$/, '')} %`;
}
