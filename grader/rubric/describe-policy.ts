/** A policy in words, and the rates in it. */

import { percent } from '../text/count.js';
import type { Policy } from './rubric.js';

/** Such as `all points up to a failure rate of 5 %, none above`; a phrase. */
export function describePolicy(policy: Policy): string {
  switch (policy.kind) {
    case 'all-or-nothing':
      return `all points up to a failure rate of ${shortPercent(policy.atMost)}, none above`;
    case 'linear': {
      const { fullAtMost, noneFrom } = policy;
      const from = fullAtMost === 0 ? 'at' : 'up to';
      return `all points ${from} ${shortPercent(fullAtMost)}, falling in proportion to none at ${shortPercent(noneFrom)}`;
    }
    case 'steps': {
      const steps = policy.steps.map(
        ({ atMost, share }) => `${describeShare(share)} up to ${shortPercent(atMost)}`,
      );
      return `${steps.join(', ')}, none above`;
    }
    case 'decision':
      return `all points if the sequential test finds the failure rate acceptable, none if unacceptable, ${describeShare(policy.undecided)} while undecided`;
  }
}

/** `all points`, `no points`, or `50 % of the points`. */
export function describeShare(share: number): string {
  if (share === 0) return 'no points';
  return share === 1 ? 'all points' : `${shortPercent(share)} of the points`;
}

/** A rate that somebody has chosen: `5 %` rather than `5.0 %`. */
export function shortPercent(rate: number): string {
  return `${percent(rate).replace(/\.0$/, '')} %`;
}
