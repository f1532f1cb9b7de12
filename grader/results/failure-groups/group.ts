/**
 * Like failures, within a submission or across a class: those with one signature, or with different signatures and
 * the same normalised text.
 */

import type { FailureClass } from '../../../harness/index.js';

export interface FailureGroup {
  /** Stable: the signature that most of its failures have. */
  id: string;
  class: FailureClass;
  /** In plain words, such as `acknowledged write lost when the forward fails`. */
  title: string;
  /** All of them; the most frequent first. */
  signatures: string[];
  /** Ids of the scenarios that show it; the most hit first. */
  scenarios: string[];
  /** The most hit first. */
  submissions: { name: string; failures: number; scenarios: string[] }[];
  failures: number;
  /** Key of the first such run in the order of the plan that kept evidence, else the first. */
  exampleRun: string;
  /** What was seen in that run; text of the submission may be in it. */
  says: string;
  /** That run's evidence folder, relative to the grading's directory. */
  artifacts?: string;
  /** The broken rule of the lab as one sentence, where all of them broke the same. */
  rule?: string;
  /**
   * What staff may send to all of them: plain text without control characters. It names no hidden scenario, and
   * of what other submissions have printed it holds nothing.
   */
  comment: string;
}
