/** Rubrics and tallies made by hand. */

import type { FailureClass } from '../../../harness/index.js';
import type { RatePolicy } from '../../../grader/rubric/policies/registry.js';
import type { Rubric, RubricScenario } from '../../../grader/rubric/rubric.js';
import { rateOf } from '../../../grader/tally/tally.js';
import { type ScenarioTally, type SignatureCount } from '../../../grader/tally/scenario-tally.js';

export const ALL_OR_NOTHING: RatePolicy = { kind: 'all-or-nothing', atMost: 0.05 };
export const LINEAR: RatePolicy = { kind: 'linear', fullAtMost: 0, noneFrom: 0.5 };
export const STEPS: RatePolicy = {
  kind: 'steps',
  steps: [
    { atMost: 0.01, share: 1 },
    { atMost: 0.1, share: 0.5 },
  ],
};

/** A rubric with one part, changed as asked. */
export function rubricOf(
  scenarios: readonly (Partial<RubricScenario> & { scenario: string })[],
  changes: Partial<Rubric> = {},
): Rubric {
  return {
    title: 'Lab 2',
    confidence: 0.95,
    gradedEnd: 'low',
    straddle: 'keep',
    unjudged: 'review',
    chargeOnce: [],
    parts: [
      {
        name: 'all of it',
        scenarios: scenarios.map((one) => ({
          points: 10,
          policy: ALL_OR_NOTHING,
          hidden: false,
          ...one,
        })),
      },
    ],
    ...changes,
  };
}

/** Failures of one signature. */
export function alike(
  signature: string,
  count: number,
  kind: FailureClass = 'safety',
): SignatureCount {
  const example = { exampleRun: 'alice/append/0', seed: '0123456789abcdef' };
  return { signature, class: kind, count, ...example, reason: 'A write is gone.' };
}

/** A tally of a scenario with so many passes and these failures. */
export function tallyOf(
  scenario: string,
  passed: number,
  signatures: readonly SignatureCount[] = [],
  unknownCauses: ScenarioTally['unknownCauses'] = {},
): ScenarioTally {
  const failed = signatures.reduce((sum, { count }) => sum + count, 0);
  const unknown = Object.values(unknownCauses).reduce((sum, count) => sum + count, 0);
  const runs = passed + failed + unknown;
  return {
    scenario,
    planned: runs,
    runs,
    passed,
    failed,
    unknown,
    failureRate: rateOf(failed, passed + failed),
    word: 'undecided',
    signatures: [...signatures],
    unknownCauses,
  };
}
