/**
 * The design of a scenario: a fixed number of runs, or as many as a sequential test takes. The chances of its results
 * are known exactly for every true failure rate, before the first run.
 */

import { failureInterval } from '../../tally/failure-interval.js';
import type { Stopping } from '../../statistics/sequential/stopping.js';
import { endings } from '../../statistics/sequential/exact.js';
import { binomial } from '../../statistics/binomial.js';
import type { Interval } from '../../statistics/clopper-pearson.js';

/** Outcomes that are less likely than this are left out; all of them together are less than 1e-9. */
const NEGLIGIBLE = 1e-15;

export interface Design {
  /** Usable runs of a scenario; with `stopping` the most. */
  runs: number;
  stopping?: Stopping;
  confidence: number;
}

export interface Outcome {
  failures: number;
  runs: number;
  probability: number;
}

/** All that may come of it where each run fails with the probability `rate`. */
export function outcomes({ runs, stopping }: Design, rate: number): Outcome[] {
  const all =
    stopping === undefined
      ? Array.from({ length: runs + 1 }, (_, failures) => ({
          failures,
          runs,
          probability: binomial(failures, runs, rate),
        }))
      : endings(stopping, runs, rate).map(({ failures, passes, probability }) => ({
          failures,
          runs: failures + passes,
          probability,
        }));
  return all.filter(({ probability }) => probability > NEGLIGIBLE);
}

/** The interval that is graded. */
export function intervalOf(
  { stopping, confidence }: Design,
  { failures, runs }: Outcome,
): Interval {
  const method = stopping === undefined ? 'clopper-pearson' : 'anytime-valid';
  return failureInterval(method, failures, runs, confidence);
}
