/**
 * How a scenario is looked at: so many runs. What may come of it is known exactly for every true failure rate,
 * before a single run is done.
 */

import { binomial, clopperPearson, type Interval } from '../statistics.js';

/** Outcomes that are less likely than this are left out; all of them together are less than 1e-9. */
const NEGLIGIBLE = 1e-15;

export interface Design {
  /** Usable runs of a scenario. */
  runs: number;
  confidence: number;
}

export interface Outcome {
  failures: number;
  runs: number;
  probability: number;
}

/** All that may come of it where each run fails with the probability `rate`. */
export function outcomes({ runs }: Design, rate: number): Outcome[] {
  return Array.from({ length: runs + 1 }, (_, failures) => ({
    failures,
    runs,
    probability: binomial(failures, runs, rate),
  })).filter(({ probability }) => probability > NEGLIGIBLE);
}

/** The interval that is graded, for each outcome; each is computed once. */
export function intervals({ confidence }: Design): (outcome: Outcome) => Interval {
  const known = new Map<string, Interval>();
  return ({ failures, runs }) => {
    const key = `${failures}/${runs}`;
    const interval = known.get(key) ?? clopperPearson(failures, runs, confidence);
    known.set(key, interval);
    return interval;
  };
}
