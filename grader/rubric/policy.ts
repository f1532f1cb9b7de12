/**
 * From a failure rate, or from the decision of a sequential test, to a share of points. It imports nothing but types
 * and the test, so that a page can evaluate it in a browser as well.
 */

import { decide, type Decision } from '../sequential/wald-test.js';
import type { Interval } from '../statistics/clopper-pearson.js';
import type { Policy, RatePolicy, Rubric } from './rubric.js';

/** What is known of a scenario's failure rate. */
export interface Known {
  failures: number;
  /** Usable runs. */
  runs: number;
  /** Of the failure rate. */
  interval: Interval;
}

export interface Shares {
  /** The share of its points, from 0 to 1, that the scenario earns. */
  graded: number;
  /** What the other end of the interval would earn; the same where a decision is graded. */
  other: number;
  /** Whether more runs might earn all of another step: the ends are on different ones, or nothing is decided. */
  isOpen: boolean;
  /** Where a decision is graded, and there is one. */
  decision?: Decision;
}

/** What a policy makes of it. */
export function sharesOf(
  { gradedEnd, stopping }: Pick<Rubric, 'gradedEnd' | 'stopping'>,
  policy: Policy,
  { failures, runs, interval }: Known,
): Shares {
  if (policy.kind === 'decision') {
    const decision = stopping && decide(stopping, failures, runs - failures);
    const share = decision === undefined ? policy.undecided : decision === 'acceptable' ? 1 : 0;
    const found = decision === undefined ? {} : { decision };
    return { graded: share, other: share, isOpen: decision === undefined, ...found };
  }
  const graded = shareAt(policy, interval[gradedEnd]);
  const other = shareAt(policy, interval[gradedEnd === 'low' ? 'high' : 'low']);
  return { graded, other, isOpen: hasSteps(policy) && graded !== other };
}

/** The share of its points, from 0 to 1, that a scenario earns at a failure rate; it never rises with the rate. */
export function shareAt(policy: RatePolicy, rate: number): number {
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
  return kind === 'all-or-nothing' || kind === 'steps';
}

function onSlope({ fullAtMost, noneFrom }: RatePolicy & { kind: 'linear' }, rate: number): number {
  const share = (noneFrom - rate) / (noneFrom - fullAtMost);
  return Math.max(0, Math.min(1, share));
}
