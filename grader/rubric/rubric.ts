/**
 * A rubric as data, with everything spelled out: which scenario is worth how many points, and how a failure
 * rate becomes points. Reading one from rubric.yaml is read-rubric.ts; what a submission gets by it is grade.ts.
 *
 * Points follow from an end of the interval of a failure rate, or from the decision of a sequential test, and not from
 * the estimate alone: three failures in a hundred may be one in a hundred or eight.
 */

import type { Stopping } from '../statistics/sequential/stopping.js';
import type { Policy } from './policies/registry.js';

/**
 * Which end of the interval is graded: the `low` one charges only what is proven, the `high` one gives only
 * what is proven.
 */
export type GradedEnd = 'low' | 'high';

/**
 * What is done where the two ends of the interval would earn different points because a step lies
 * between them, or where a sequential test is undecided: the points of the graded end, or of the undecided, stand (`keep`), or they stand
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
