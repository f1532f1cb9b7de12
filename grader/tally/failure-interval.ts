/** The interval of a failure rate by the method that fits how its runs were chosen. */

import { anytimeInterval } from '../statistics/sequential/anytime-interval.js';
import { clopperPearson, type Interval } from '../statistics/clopper-pearson.js';
import type { FailureRate } from './scenario-tally.js';

/** Enough for a class; what is more is computed again. */
const MOST_KNOWN = 100_000;

const known = new Map<string, Interval>();

/** Computed once for the same numbers, since a class has them again and again. */
export function failureInterval(
  method: FailureRate['method'],
  failures: number,
  runs: number,
  confidence: number,
): Interval {
  const key = `${method} ${failures}/${runs} ${confidence}`;
  const interval = known.get(key) ?? compute(method, failures, runs, confidence);
  if (known.size < MOST_KNOWN) known.set(key, interval);
  return interval;
}

function compute(
  method: FailureRate['method'],
  failures: number,
  runs: number,
  confidence: number,
): Interval {
  switch (method) {
    case 'clopper-pearson':
      return clopperPearson(failures, runs, confidence);
    case 'anytime-valid':
      return anytimeInterval(failures, runs, confidence);
  }
}
