/**
 * From a failure rate to a share of points. It imports nothing but types, so that a page can evaluate it in a
 * browser as well.
 */

import type { Policy } from './rubric.js';

/** The share of its points, from 0 to 1, that a scenario earns at a failure rate; it never rises with the rate. */
export function shareAt(policy: Policy, rate: number): number {
  switch (policy.kind) {
    case 'all-or-nothing':
      return rate <= policy.atMost ? 1 : 0;
    case 'linear':
      return onSlope(policy, rate);
    case 'steps':
      return policy.steps.find(({ atMost }) => rate <= atMost)?.share ?? 0;
  }
}

/** Whether points jump at some rates, so that an interval can straddle one of them. */
export function hasSteps({ kind }: Policy): boolean {
  return kind !== 'linear';
}

function onSlope({ fullAtMost, noneFrom }: Policy & { kind: 'linear' }, rate: number): number {
  const share = (noneFrom - rate) / (noneFrom - fullAtMost);
  return Math.max(0, Math.min(1, share));
}
