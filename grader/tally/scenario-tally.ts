/** The tally of one scenario on one submission, as results hold it; tally.ts counts it. */

import { z } from 'zod';
import { TIER_ORDER, WORLDS, type FailureClass, type UnknownCause } from '../../harness/index.js';
import { AMOUNT, COUNT, openObject, SHARE, TEXT } from '../ground/schemas.js';

const FAILURE_RATE = openObject({
  /** `null` when there is no usable run. */
  estimate: SHARE.nullable(),
  low: SHARE,
  high: SHARE,
  confidence: SHARE,
  /** `anytime-valid` where the runs themselves decide when there are enough of them. */
  method: z.enum(['clopper-pearson', 'anytime-valid']),
});

export const FAILURE_CLASS = z.enum([
  'safety',
  'liveness',
  'crash',
  'protocol',
  'cost',
  'build',
]) satisfies z.ZodType<FailureClass>;

/** What the scenario itself showed in failing runs whose failure is not about it. */
const BESIDES_COUNT = openObject({
  /** Runs that would have passed without that failure. */
  passed: COUNT,
  /** Runs of which nothing can be said. */
  unknown: COUNT,
  /** Runs that would have failed all the same, and how; the most frequent first. */
  failures: z.array(
    openObject({
      signature: TEXT,
      class: FAILURE_CLASS,
      count: COUNT,
      /** Of one such run; text of the submission may be in it. At most 500 characters. */
      reason: z.string(),
    }),
  ),
});

export const SIGNATURE_COUNT = openObject({
  signature: TEXT,
  class: FAILURE_CLASS,
  count: COUNT,
  /** Key of one such run: the first in the order of the plan that kept evidence, else the first. */
  exampleRun: TEXT,
  /** That run's seed, which repeats it without its evidence folder, in the same world. */
  seed: TEXT,
  /** Absent for `processes`. */
  world: z.enum(WORLDS).exactOptional(),
  /** The failure in that run's record: text of the submission may be in it. At most 2500 characters. */
  reason: z.string(),
  /** That run's evidence folder, relative to the grading's directory. */
  artifacts: TEXT.exactOptional(),
  /** Absent where the failures are about what the scenario tests. */
  besides: BESIDES_COUNT.exactOptional(),
  /** Repetitions of that run with its seed: the usable ones, and those that failed in any way; absent without any. */
  again: openObject({ failed: COUNT, usable: COUNT }).exactOptional(),
});

export const PASSING_EXAMPLE = openObject({
  /** Its key. */
  run: TEXT,
  /** Its evidence folder, relative to the grading's directory. */
  artifacts: TEXT,
});

const STOPPED = openObject({
  /** `undecided`: the plan has no more runs. */
  decision: z.enum(['acceptable', 'unacceptable', 'undecided']),
  /** The usable runs up to then. */
  after: COUNT,
  /** Runs beyond it that have a record, since they were under way by then: they are in no count. */
  surplus: COUNT,
});

const RACE_KIND = openObject({
  /** The two functions. */
  signature: TEXT,
  /** Runs in which it was reported at least once. */
  runs: COUNT,
  /** Key of one of them: the first in the order of the plan that kept the report, else the first. */
  exampleRun: TEXT,
  /** That report with both stacks, relative to the grading's directory. */
  report: TEXT.exactOptional(),
});

const RACE_SUMMARY = openObject({
  /** Runs with any race. */
  runs: COUNT,
  /** The most frequent first. */
  kinds: z.array(RACE_KIND),
});

const SPREAD = openObject({ mean: AMOUNT, median: AMOUNT });

/** The fields of a count of runs. */
export const RUN_COUNTS = {
  /** Runs that the plan asks for; where a sequential test has decided, those that it took. */
  planned: COUNT,
  /** Runs that have a record: passed + failed + unknown. */
  runs: COUNT,
  passed: COUNT,
  failed: COUNT,
  unknown: COUNT,
  failureRate: FAILURE_RATE,
};

const UNKNOWN_CAUSES = openObject({
  disturbed: COUNT.exactOptional(),
  'fault-never-bit': COUNT.exactOptional(),
  'held-by-kit': COUNT.exactOptional(),
  'delayed-to-death': COUNT.exactOptional(),
  'stood-still': COUNT.exactOptional(),
  'budget-exhausted': COUNT.exactOptional(),
  'kit-broke': COUNT.exactOptional(),
} satisfies Record<UnknownCause, z.ZodType>);

export const SCENARIO_TALLY = openObject({
  scenario: TEXT,
  /** What the scenario stands on; absent in results of a kit that had no tiers, or of a scenario that is gone. */
  tier: z.enum(TIER_ORDER).exactOptional(),
  ...RUN_COUNTS,
  /**
   * `solid`: no failure; `broken`: nothing but failures; `undecided`: too few usable runs to say. It tells what was
   * seen, and not whether that is acceptable: one that failed once in sixty runs is flaky, though a sequential test
   * may accept it.
   */
  word: z.enum(['solid', 'flaky', 'broken', 'undecided']),
  /** The most frequent first. */
  signatures: z.array(SIGNATURE_COUNT),
  /** How many of the unknown runs had each cause. */
  unknownCauses: UNKNOWN_CAUSES,
  /** Data races in its runs, whatever their verdicts; absent without any. */
  races: RACE_SUMMARY.exactOptional(),
  /** Where a sequential test has ended. */
  stopped: STOPPED.exactOptional(),
  /** Absent where no passing run has kept evidence: a run does so that passes after one has failed. */
  passingExample: PASSING_EXAMPLE.exactOptional(),
  /** Failure rates above this one are ruled out; only without a failure in at least one usable run. */
  rulesOut: SHARE.exactOptional(),
  /** Durations of all runs that have a record, in ms; absent without any. */
  durationMs: SPREAD.exactOptional(),
  /** Processor time of all runs that have a record, in ms a run; absent without any. */
  cpuMs: SPREAD.exactOptional(),
}).refine(({ runs, passed, failed, unknown }) => runs === passed + failed + unknown, {
  path: ['runs'],
  message: 'the sum of passed, failed and unknown',
});

/** Over the usable runs, which are the passed and the failed ones; all rates from 0 to 1. */
export type FailureRate = z.infer<typeof FAILURE_RATE>;

/** Runs by what they would have been judged without the failure that they share. */
export type BesidesCount = z.infer<typeof BESIDES_COUNT>;

/** Like failures of one scenario. */
export type SignatureCount = z.infer<typeof SIGNATURE_COUNT>;

/** A passing run that kept all evidence, for a failing one to be compared with. */
export type PassingExample = z.infer<typeof PASSING_EXAMPLE>;

/** How a sequential test ended. */
export type Stopped = z.infer<typeof STOPPED>;

/** Races between the same two functions. */
export type RaceKind = z.infer<typeof RACE_KIND>;
export type RaceSummary = z.infer<typeof RACE_SUMMARY>;

export type Spread = z.infer<typeof SPREAD>;
export type ScenarioTally = z.infer<typeof SCENARIO_TALLY>;
export type TallyWord = ScenarioTally['word'];
