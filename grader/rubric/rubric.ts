/**
 * A rubric as data, with everything spelled out: which scenario is worth how many points, and how a failure
 * rate becomes points. Reading one from rubric.yaml is read-rubric.ts; what a submission gets by it is grade.ts.
 *
 * Points follow from an end of the interval of a failure rate, or from the decision of a sequential test, and not from
 * the estimate alone: three failures in a hundred may be one in a hundred or eight.
 */

import type { Stopping } from '../statistics/sequential/stopping.js';

/** What share of its points, from 0 to 1, a scenario earns at a failure rate. All rates are from 0 to 1. */
export type RatePolicy =
  /** All points up to this failure rate, none above it. */
  | { kind: 'all-or-nothing'; atMost: number }
  /** All points up to `fullAtMost`, none from `noneFrom` on, and in proportion between them. */
  | { kind: 'linear'; fullAtMost: number; noneFrom: number }
  /** The share of the first step whose `atMost` is not exceeded, else none; ascending in `atMost`, descending in `share`. */
  | { kind: 'steps'; steps: readonly { atMost: number; share: number }[] };

/** What share of its points a scenario earns. */
export type Policy =
  | RatePolicy
  /**
   * What the rubric's sequential test finds: all points where the failure rate is acceptable, none where it is not,
   * and this share, from 0 to 1, as long as it is undecided. Only with `stopping`.
   */
  | { kind: 'decision'; undecided: number };

/**
 * Which end of the interval is graded: the `low` one charges only what is proven, the `high` one gives only
 * what is proven.
 */
export type GradedEnd = 'low' | 'high';

/**
 * What is done where the two ends of the interval would earn different points by `all-or-nothing` or `steps`, or
 * where a `decision` is undecided: the points of the graded end, or of the undecided, stand (`keep`), or they stand
 * for now and staff are told (`review`).
 */
export type StraddleRule = 'keep' | 'review';

export interface RubricScenario {
  scenario: string;
  /** What it is worth; above 0. */
  points: number;
  policy: Policy;
  /** Students see its points only, and neither its name nor what went wrong. */
  hidden: boolean;
}

export interface RubricPart {
  name: string;
  /** At least one. */
  scenarios: readonly RubricScenario[];
}

export interface Rubric {
  title: string;
  /** Of the intervals, such as 0.95. */
  confidence: number;
  gradedEnd: GradedEnd;
  straddle: StraddleRule;
  /** Whether a scenario without a usable run earns nothing for good (`none`) or until staff have decided (`review`). */
  unjudged: 'none' | 'review';
  /**
   * Patterns of signatures in which * and ? match. Failures alike by one of these cost points in one scenario
   * only, the one in which they cost most: they are one mistake.
   */
  chargeOnce: readonly string[];
  /** Runs of each scenario; with `stopping` the most. */
  runs?: number;
  stopping?: Stopping;
  /** At least one; no scenario is in two. */
  parts: readonly RubricPart[];
}
