/**
 * The effect of a rubric, to be seen before a deadline: for submissions that truly fail in so many of their runs, the
 * chance of each share of the points. build-operating-curve.ts computes it.
 */

import type { Policy } from '../../rubric/policies/registry.js';
import type { GradedEnd, StraddleRule } from '../../rubric/rubric.js';
import type { Design } from './design.js';

export const OPERATING_CURVE_FORMAT = 'pblab/operating-curve/1';

/** The chances of scenarios with one policy at one true failure rate: probabilities from 0 to 1. */
export interface RatePoint {
  rate: number;
  /** Usable runs of a scenario on average. */
  meanRuns: number;
  allPoints: number;
  /** Some, but not all. */
  somePoints: number;
  noPoints: number;
  meanShare: number;
  /** The probability of each share of the points, the highest share first. */
  shares: { share: number; probability: number }[];
  /**
   * The probability that the two ends of the interval earn different points, 0 where points do not jump. Where a
   * decision is graded, the probability that the test does not decide.
   */
  straddling: number;
  /**
   * The number of runs from which on less than 5 % straddle, of some round ones; `null` if it takes more than
   * 10,000. Absent where points do not jump, and where runs stop by themselves.
   */
  runsForFewStraddles?: number | null;
}

export interface PolicyCurve {
  policy: Policy;
  /** Ids of the scenarios that have it. */
  scenarios: string[];
  /** Their points together. */
  maxPoints: number;
  /** Absent where runs stop by themselves. */
  byFailures?: FailureBounds;
  rates: RatePoint[];
}

/** A policy as the number of failures among all runs. */
export interface FailureBounds {
  /** So many failures still earn all points; `null` if even none does not. */
  allUpTo: number | null;
  /** So many earn none. */
  noneFrom: number;
}

/** A submission that fails every scenario at one rate, each independently of the others. */
export interface WholePoint {
  rate: number;
  meanPoints: number;
  /** The probability of all points in every scenario. */
  allPoints: number;
  /** How many scenarios straddle a step or stay undecided, on average. */
  straddling: number;
}

/** Points that a correct submission loses by false alarms, measured with the reference in the calibration. */
export interface FalseAlarmCost {
  /** Runs of the reference, in scenarios of the rubric. */
  runs: number;
  falseAlarms: number;
  /** The lost points on average, if false alarms are as frequent as they were then. */
  measured: number;
  /** All scenarios together: the highest rate of false alarms that is not ruled out with 95 %. */
  rate: number;
  /** The lost points on average, if every scenario has that rate. */
  atRate: number;
  /** Each scenario by itself: the highest of these rates, which are much higher where the runs are few. */
  highestRate: number;
  /** The lost points on average, if each scenario has the highest rate that its own runs do not rule out. */
  atOwnRates: number;
  /** Ids of scenarios of the rubric that were not calibrated: they are in none of this. */
  uncalibrated: string[];
}

export interface OperatingCurve extends Design {
  format: typeof OPERATING_CURVE_FORMAT;
  title: string;
  gradedEnd: GradedEnd;
  straddle: StraddleRule;
  maxPoints: number;
  scenarios: number;
  policies: PolicyCurve[];
  whole: WholePoint[];
  /** Absent as long as the kit is not calibrated. */
  falseAlarms?: FalseAlarmCost;
  /** Each a sentence. */
  advice: string[];
}
