/** The interval of a failure rate by the method that fits how its runs were chosen. */

import { anytimeInterval } from './sequential/anytime-interval.js';
import { clopperPearson, type Interval } from './statistics.js';
import type { FailureRate } from './tally.js';

export function failureInterval(
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
