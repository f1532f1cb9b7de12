/** When enough runs of a scenario have been done, as data; the test itself is wald-test.ts. */

/** Wald's test for one scenario: when enough runs have been done. Rates and probabilities from 0 to 1. */
export interface Stopping {
  /** A failure rate up to this one is acceptable. */
  acceptable: number;
  /** A failure rate from this one on is not; above `acceptable`. */
  unacceptable: number;
  /** Probability that an acceptable submission is called unacceptable. */
  falseAlarm: number;
  /** Probability that an unacceptable submission is called acceptable. */
  miss: number;
}
