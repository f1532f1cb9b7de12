/**
 * The control arm of a grading: runs of the reference, interleaved with those of the submissions on the same
 * machine. If the reference fails there, or the kit was late, the machine is to blame and not the students.
 */

import type { FailureRate, SignatureCount } from './tally.js';

export interface ControlArm {
  /** After so many runs of submissions, less one, there is one of the reference. */
  oneIn: number;
  planned: number;
  /** Runs that have a record: passed + failed + unknown. */
  runs: number;
  passed: number;
  failed: number;
  unknown: number;
  failureRate: FailureRate;
  failures: (SignatureCount & { scenario: string })[];
  /** False if the reference failed even once: nothing that was graded beside it can be relied on. */
  safe: boolean;
}
