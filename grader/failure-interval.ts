/** The interval of a failure rate by the method that fits how its runs were chosen. */

import { anytimeInterval } from './sequential/anytime-interval.js';
import { clopperPearson, type Interval } from './statistics.js';
import type { FailureRate } from './tally.js';

/** By what they are of: a class has few different counts, and an interval takes its time. */
const known = new Map<string, Interval>();

export function failureInterval(
  method: FailureRate['method'],
  failures: number,
  runs: number,
  confidence: number,
): Interval {
  const name = `${method} ${failures}/${runs} ${confidence}`;
  const interval = known.get(name) ?? computed(method, failures, runs, confidence);
  known.set(name, interval);
  return interval;
}

function computed(
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
