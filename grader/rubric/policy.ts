/**
 * From a failure rate, or from the decision of a sequential test, to a share of points. It imports no
 * package, so that a page can evaluate it in a browser as well.
 *
 * Two rules hold for every policy. Where nothing has passed, nothing is earned. And the benefit of the doubt, which is
 * what the low end of an interval gives, is for submissions of which enough is known: with few runs the doubt is so
 * large that one failure of two would earn nearly all points, so the rate itself counts there if it is higher.
 */

import { MINIMUM_USABLE_RUNS } from '../statistics/enough-runs.js';
import { decide, type Decision } from '../statistics/sequential/wald-test.js';
import type { Interval } from '../statistics/clopper-pearson.js';
import {
  isRatePolicy,
  kindOf,
  type Policy,
  type RatePolicy,
  type TestPolicy,
} from './policies/registry.js';
import type { GradedEnd, Rubric } from './rubric.js';

/** The facts about a scenario's failure rate. */
export interface Known {
  failures: number;
  /** Usable runs. */
  runs: number;
  /** Runs that were planned, where these are more. */
  planned?: number;
  /** Interval of the failure rate. */
  interval: Interval;
}

export interface Shares {
  /** The share of its points, from 0 to 1, that the scenario earns. */
  graded: number;
  /** Share by the other end of the interval; the same where a decision is graded. */
  other: number;
  /** Whether more runs might earn all of another step: the ends are on different ones, or nothing is decided. */
  isOpen: boolean;
  /** Whether there are too few runs to know what is earned. */
  isTooFew: boolean;
  /** Where a decision is graded, and there is one. */
  decision?: Decision;
}

/** The shares that a policy gives for it. */
export function sharesOf(
  { gradedEnd, stopping }: Pick<Rubric, 'gradedEnd' | 'stopping'>,
  policy: Policy,
  known: Known,
): Shares {
  if (!isRatePolicy(policy)) return decisionOf(stopping, policy, known);
  const graded = shareOf(policy, gradedEnd, known);
  const other = shareOf(policy, gradedEnd === 'low' ? 'high' : 'low', known);
  return {
    graded,
    other,
    isOpen: hasSteps(policy) && graded !== other,
    isTooFew: known.runs < MINIMUM_USABLE_RUNS && isInDoubt(policy, known),
  };
}

function decisionOf(
  stopping: Rubric['stopping'],
  policy: TestPolicy,
  { failures, runs }: Known,
): Shares {
  const decision = stopping && decide(stopping, failures, runs - failures);
  const isHopeless = decision === undefined && failures === runs;
  const share = isHopeless ? 0 : kindOf(policy).shareAfter(policy, decision);
  const found = decision === undefined ? {} : { decision };
  return {
    graded: share,
    other: share,
    isOpen: decision === undefined,
    isTooFew: false,
    ...found,
  };
}

/** The share that is earned where this end of the interval counts; none where no run has passed. */
export function shareOf(policy: RatePolicy, end: GradedEnd, known: Known): number {
  return known.failures === known.runs ? 0 : shareAt(policy, rateAt(end, known));
}

/** Whether the ends of the interval would earn different shares; nothing that has not passed is in doubt. */
function isInDoubt(
  policy: RatePolicy,
  { failures, runs, interval: { low, high } }: Known,
): boolean {
  return failures < runs && shareAt(policy, low) !== shareAt(policy, high);
}

/** The failure rate that counts: this end of the interval, and where few runs were planned no less than what was seen. */
export function rateAt(
  end: GradedEnd,
  { failures, runs, planned = runs, interval }: Known,
): number {
  const isFew = planned < MINIMUM_USABLE_RUNS;
  return isFew ? Math.max(interval[end], failures / runs) : interval[end];
}

/** The share of its points, from 0 to 1, that a scenario earns at a failure rate; it never rises with the rate. */
export function shareAt(policy: RatePolicy, rate: number): number {
  return kindOf(policy).shareAt(policy, rate);
}

/** Whether points jump at some rates, so that an interval can straddle one of them. */
export function hasSteps(policy: RatePolicy): boolean {
  return kindOf(policy).steps(policy).length > 0;
}
