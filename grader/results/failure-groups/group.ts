/**
 * Like failures, within a submission or across a class: those with one signature, or with different signatures and
 * the same normalised text.
 */

import { z } from 'zod';
import { COUNT, openObject, TEXT } from '../../ground/schemas.js';
import { FAILURE_CLASS } from '../../tally/scenario-tally.js';

export const FAILURE_GROUP = openObject({
  /** Stable: the signature that most of its failures have. */
  id: TEXT,
  class: FAILURE_CLASS,
  /** In plain words, such as `acknowledged write lost when the forward fails`. */
  title: z.string(),
  /** All of them; the most frequent first. */
  signatures: z.array(TEXT),
  /** Ids of the scenarios that show it; the most hit first. */
  scenarios: z.array(TEXT),
  /** The most hit first. */
  submissions: z.array(openObject({ name: TEXT, failures: COUNT, scenarios: z.array(TEXT) })),
  failures: COUNT,
  /** Key of the first such run in the order of the plan that kept evidence, else the first. */
  exampleRun: TEXT,
  /** The failure that was seen in that run; text of the submission may be in it. */
  says: z.string(),
  /** That run's evidence folder, relative to the grading's directory. */
  artifacts: TEXT.exactOptional(),
  /** The broken rule of the lab as one sentence, where all of them broke the same. */
  rule: z.string().exactOptional(),
  /**
   * Where they hid what scenarios about other rules test: how many of those runs would have passed, would have failed
   * all the same, or cannot be judged without them; and the scenarios with such failures.
   */
  besides: openObject({
    passed: COUNT,
    failed: COUNT,
    unknown: COUNT,
    failing: z.array(TEXT),
  }).exactOptional(),
  /**
   * A comment that staff may send to all: plain text without control characters. It names no hidden scenario, and
   * of what other submissions have printed it holds nothing.
   */
  comment: z.string(),
});

export type FailureGroup = z.infer<typeof FAILURE_GROUP>;
