/**
 * The model of a comparison: two submissions, A and B, that met the same runs, interleaved on one machine. It is
 * also the content of `comparison.json`. All rates are from 0 to 1; every difference is B less A.
 */

import type { Interval } from '../statistics.js';
import type { Provenance } from '../provenance.js';
import type { ScenarioTally } from '../tally.js';

export const COMPARISON_FORMAT = 'pblab/comparison/1';

/** Whether a difference is more than chance, after Holm's correction for all scenarios. */
export type ComparisonWord = 'better' | 'worse' | 'no difference seen' | 'undecided';

export interface ScenarioComparison {
  scenario: string;
  a: ScenarioTally;
  b: ScenarioTally;
  /** Absent where either has no usable run. */
  difference?: {
    estimate: number;
    /** Newcombe's interval. */
    interval: Interval;
    confidence: number;
    /** Of an exact test, alone and after Holm's correction. */
    test: 'boschloo' | 'fisher';
    probability: number;
    corrected: number;
    /** B's failure rate is higher by no more than this, with that confidence. */
    noWorseThan: number;
  };
  /** How B does against A. */
  word: ComparisonWord;
}

/** What is measured of runs that pass, beside their verdicts. */
export type CostName =
  | 'operationsPerSec'
  | 'latencyP50Ms'
  | 'latencyP95Ms'
  | 'latencyP99Ms'
  | 'failOverMs'
  | 'callsPerOperation'
  | 'transferBytes'
  | 'viewLookups';

export interface CostComparison {
  cost: CostName;
  /** Where it was measured; `all` stands for all scenarios together. */
  scenario: string;
  /** Medians over runs, with bootstrap intervals. */
  a: { runs: number; median: number; interval: Interval };
  b: { runs: number; median: number; interval: Interval };
  /** B divided by A; absent where A is 0. */
  ratio?: { estimate: number; interval: Interval };
}

export interface Comparison {
  format: typeof COMPARISON_FORMAT;
  a: { name: string; spec: string; digest: string };
  b: { name: string; spec: string; digest: string };
  /** The answer in a sentence that a student understands. */
  says: string;
  scenarios: ScenarioComparison[];
  costs: CostComparison[];
  provenance: Provenance;
}
