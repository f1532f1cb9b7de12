/**
 * A rubric as data, with everything spelled out: which scenario is worth how many points, and how a failure
 * rate becomes points. Reading one from rubric.yaml is read-rubric.ts; what a submission gets by it is grade.ts.
 *
 * Points follow from an end of the interval of a failure rate, or from the decision of a sequential test, and not from
 * the estimate alone: three failures in a hundred may be one in a hundred or eight.
 */

import { z } from 'zod';
import { AMOUNT, openObject, SHARE, TEXT } from '../ground/schemas.js';
import { STORED_POLICY } from './policies/policy-schema.js';

const RUBRIC_SCENARIO = openObject({
  scenario: TEXT,
  /** Its points; above 0. */
  points: AMOUNT,
  policy: STORED_POLICY,
  /** Students see its points only, and neither its name nor what went wrong. */
  hidden: z.boolean(),
});

const RUBRIC_PART = openObject({
  name: TEXT,
  /** At least one. */
  scenarios: z.array(RUBRIC_SCENARIO).readonly(),
});

/** A rubric as results hold it. */
export const RUBRIC = openObject({
  title: TEXT,
  /** Confidence of the intervals, such as 0.95. */
  confidence: SHARE,
  /**
   * Which end of the interval is graded: the `low` one charges only what is proven, the `high` one gives only what is
   * proven.
   */
  gradedEnd: z.enum(['low', 'high']),
  /**
   * The consequence where the two ends of the interval would earn different points because a step lies between them, or
   * where a sequential test is undecided: the points of the graded end, or of the undecided, stand (`keep`), or they
   * stand for now and staff are told (`review`).
   */
  straddle: z.enum(['keep', 'review']),
  /**
   * Whether a scenario without a usable run earns nothing for good (`none`) or until staff have decided (`review`).
   * Earlier kits have written `full`, where the decision was left to staff as well.
   */
  unjudged: z
    .enum(['full', 'none', 'review'])
    .transform((word) => (word === 'full' ? 'review' : word)),
  /**
   * Patterns of signatures in which * and ? match. Failures alike by one of these cost points in one scenario
   * only, the one in which they cost most: they are one mistake.
   */
  chargeOnce: z.array(TEXT).readonly(),
  /** Runs of each scenario; with `stopping` the most. */
  runs: z.int().min(1).exactOptional(),
  stopping: openObject({
    acceptable: SHARE,
    unacceptable: SHARE,
    falseAlarm: SHARE,
    miss: SHARE,
  }).exactOptional(),
  /** At least one; no scenario is in two. */
  parts: z.array(RUBRIC_PART).readonly(),
});

export type Rubric = z.infer<typeof RUBRIC>;
export type RubricPart = z.infer<typeof RUBRIC_PART>;
export type RubricScenario = z.infer<typeof RUBRIC_SCENARIO>;
export type GradedEnd = Rubric['gradedEnd'];
export type StraddleRule = Rubric['straddle'];
