/**
 * The model of a comparison: B (yours) compared with A (the one that you started from). Both got the same runs,
 * interleaved on one machine, unless A was graded earlier. It is also the content of `comparison.json`. All rates are
 * from 0 to 1; every difference is B minus A, every ratio B divided by A.
 */

import type { CostName } from '../../../harness/index.js';
import type { Provenance } from '../../tally/provenance.js';
import type { Interval } from '../../statistics/clopper-pearson.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';

export const COMPARISON_FORMAT = 'pblab/comparison/1';
export const COMPARISON_FILE = 'comparison.json';

/** The name of all scenarios together in a comparison of costs. */
export const ALL_SCENARIOS = 'all';

/** Whether a difference is more than chance, after correction for all that were compared. */
export type ComparisonWord = 'better' | 'worse' | 'no difference seen' | 'undecided';

export interface RateDifference {
  estimate: number;
  /** Newcombe's interval. */
  interval: Interval;
  confidence: number;
  /** The exact test, and its probabilities alone and after Holm's correction. */
  test: 'boschloo' | 'fisher';
  probability: number;
  corrected: number;
  /** The share of chance among all differences up to this one, by Benjamini and Hochberg; nothing is judged by it. */
  falseDiscovery: number;
  /** B's failure rate is higher by no more than this, with that confidence; negative where it is surely lower. */
  noWorseThan: number;
}

export interface ScenarioComparison {
  scenario: string;
  a: ScenarioTally;
  b: ScenarioTally;
  /** Absent where either has no usable run. */
  difference?: RateDifference;
  /** How B does against A; `undecided` below ten usable runs of either. */
  word: ComparisonWord;
}

/** Over the pairs of runs with the same seed that both passed, so that both have as many. */
export interface CostMedian {
  runs: number;
  median: number;
  /** A bootstrap interval. */
  interval: Interval;
}

/** B's cost in a run divided by A's in the run with the same seed. */
export interface CostRatio {
  /** The median over the pairs; it need not be the one median by the other. */
  estimate: number;
  /** Bootstrap intervals over pairs: of this ratio alone, and such that those of all costs hold together. */
  interval: Interval;
  familywise: Interval;
}

export interface CostComparison {
  cost: CostName;
  /** Where it was measured; `ALL_SCENARIOS` stands for all scenarios together. */
  scenario: string;
  a: CostMedian;
  b: CostMedian;
  /** Absent where A's cost is 0 so often that there is no number for it. */
  ratio?: CostRatio;
  /**
   * How B does against A: only over all scenarios together, and not for times that were measured at other times.
   * A difference counts from `costMargin` on; `undecided` below ten pairs.
   */
  word?: ComparisonWord;
}

export interface ComparedSubmission {
  name: string;
  spec: string;
  digest: string;
}

/** Where the runs of A come from, if not from this comparison. */
export interface EarlierGrading {
  directory: string;
  kit: string;
  plannedAt: string;
  /** Ways in which it is not the same as this comparison, each as one sentence. */
  differs: string[];
}

/** `worse` in anything; else `undecided` if any scenario is; else `no worse`. */
export type ComparisonVerdict = 'no worse' | 'worse' | 'undecided';

export interface Comparison {
  format: typeof COMPARISON_FORMAT;
  a: ComparedSubmission;
  b: ComparedSubmission;
  /** The answer in a sentence that a student understands. */
  says: string;
  verdict: ComparisonVerdict;
  /** Present if A was not run now: then the runs were not interleaved. */
  earlier?: EarlierGrading;
  scenarios: ScenarioComparison[];
  costs: CostComparison[];
  /** Scenarios that are not compared, each with the reason as a phrase. */
  notCompared: { scenario: string; why: string }[];
  /** Up to which corrected probability a difference of failure rates counts. */
  significance: number;
  /** From which share on a cost that is surely higher counts as worse, such as 0.1 for a tenth. */
  costMargin: number;
  provenance: Provenance;
}
