import { expect } from 'chai';
import * as fc from 'fast-check';
import { gradeSubmission } from '../../../grader/rubric/grade-submission.js';
import type { Policy } from '../../../grader/rubric/policies/registry.js';
import type { Rubric } from '../../../grader/rubric/rubric.js';
import { anytimeInterval } from '../../../grader/statistics/sequential/anytime-interval.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import type { ScenarioTally } from '../../../grader/tally/scenario-tally.js';
import { ALL_OR_NOTHING, LINEAR, STEPS, alike, rubricOf, tallyOf } from './support.js';

const LOST = 'kv-forwarding / lost-acknowledged-write / append / after killed';
const STALE = 'kv-primary-only / stale-read / get / after killed';
const SCENARIOS = ['a', 'b', 'c'];

const POLICIES: Policy[] = [
  ALL_OR_NOTHING,
  LINEAR,
  STEPS,
  { kind: 'linear', fullAtMost: 0.01, noneFrom: 0.2 },
  { kind: 'all-or-nothing', atMost: 0.9 },
  { kind: 'steps', steps: [{ atMost: 1, share: 0.5 }] },
  { kind: 'decision', undecided: 0.5 },
];

/** How a scenario's planned runs ended; a run that is in none of these was not done. */
interface Counts {
  planned: number;
  passed: number;
  /** By two mistakes, one of which the rubric may charge once. */
  lost: number;
  stale: number;
  unknown: number;
}

const COUNTS = fc
  .tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.array(fc.nat({ max: 10 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([planned, weights]): Counts => {
    const whole = weights.reduce((sum, one) => sum + one, 0) || 1;
    const [passed = 0, lost = 0, stale = 0, unknown = 0] = weights.map((one) =>
      Math.floor((one * planned) / whole),
    );
    return { planned, passed, lost, stale, unknown };
  });

const RUBRIC = fc
  .record({
    policies: fc.array(fc.constantFrom(...POLICIES), { minLength: 3, maxLength: 3 }),
    gradedEnd: fc.constantFrom('low' as const, 'high' as const),
    straddle: fc.constantFrom('keep' as const, 'review' as const),
    unjudged: fc.constantFrom('none' as const, 'review' as const),
    confidence: fc.constantFrom(0.8, 0.95, 0.999),
    chargeOnce: fc.constantFrom(
      [],
      ['kv-forwarding / *'],
      ['kv-forwarding / *', 'kv-primary-only / *'],
    ),
  })
  .map(({ policies, ...rest }): Rubric =>
    rubricOf(
      SCENARIOS.map((scenario, at) => ({ scenario, policy: policies[at] ?? LINEAR })),
      { ...rest, stopping: DEFAULT_STOPPING },
    ),
  );

function tallyFrom(scenario: string, counts: Counts, isSequential: boolean): ScenarioTally {
  const { planned, passed, lost, stale, unknown } = counts;
  const kinds = [alike(LOST, lost), alike(STALE, stale)].filter(({ count }) => count > 0);
  const tally = tallyOf(scenario, passed, kinds, unknown > 0 ? { disturbed: unknown } : {});
  if (!isSequential) return { ...tally, planned };
  const { failed } = tally;
  const interval = anytimeInterval(failed, passed + failed);
  return {
    ...tally,
    planned,
    failureRate: { ...tally.failureRate, ...interval, method: 'anytime-valid' },
  };
}

/** What may become of one run that makes a submission look worse, or less known. */
const WORSE: readonly ((counts: Counts) => Partial<Counts> | undefined)[] = [
  ({ passed, lost }) => (passed > 0 ? { passed: passed - 1, lost: lost + 1 } : undefined),
  ({ passed, stale }) => (passed > 0 ? { passed: passed - 1, stale: stale + 1 } : undefined),
  ({ passed, unknown }) => (passed > 0 ? { passed: passed - 1, unknown: unknown + 1 } : undefined),
  ({ passed }) => (passed > 0 ? { passed: passed - 1 } : undefined),
  ({ lost, unknown }) => (lost > 0 ? { lost: lost - 1, unknown: unknown + 1 } : undefined),
  ({ lost }) => (lost > 0 ? { lost: lost - 1 } : undefined),
  ({ stale }) => (stale > 0 ? { stale: stale - 1 } : undefined),
  ({ unknown }) => (unknown > 0 ? { unknown: unknown - 1 } : undefined),
];

function total(rubric: Rubric, counts: readonly Counts[], isSequential: boolean): number {
  const tallies = counts.map((one, at) => tallyFrom(SCENARIOS[at] ?? '', one, isSequential));
  return gradeSubmission(rubric, tallies).points;
}

describe('points', () => {
  const THREE = fc.array(COUNTS, { minLength: 3, maxLength: 3 });
  const change = fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(...WORSE));
  const notCharged = ({ chargeOnce }: Rubric) => chargeOnce.length === 0;

  for (const [how, isMeant] of [
    ['', notCharged],
    [', also where one mistake is charged once', (rubric: Rubric) => !notCharged(rubric)],
  ] as const) {
    it(`never rise when a run fails, becomes unknown or is missing${how}`, () => {
      const rubrics = RUBRIC.filter(isMeant);
      fc.assert(
        fc.property(rubrics, THREE, change, fc.boolean(), (rubric, counts, [at, worsen], way) => {
          const one = counts[at];
          const changes = one && worsen(one);
          fc.pre(one !== undefined && changes !== undefined);
          const worse = counts.with(at, { ...one, ...changes });
          expect(total(rubric, worse, way)).to.be.at.most(total(rubric, counts, way));
        }),
        { numRuns: 3000 },
      );
    });
  }

  it('are none where no run has passed, whatever the rubric', () => {
    fc.assert(
      fc.property(RUBRIC, THREE, fc.boolean(), (rubric, counts, way) => {
        const none = counts.map((one) => ({ ...one, passed: 0 }));
        expect(total(rubric, none, way)).to.equal(0);
      }),
    );
  });

  it('of a scenario are none where none of its runs has passed', () => {
    fc.assert(
      fc.property(RUBRIC.filter(notCharged), THREE, (rubric, counts) => {
        const tallies = counts.map((one, at) =>
          tallyFrom(SCENARIOS[at] ?? '', at === 0 ? { ...one, passed: 0 } : one, false),
        );
        const [first] = gradeSubmission(rubric, tallies).parts.flatMap(
          ({ scenarios }) => scenarios,
        );
        expect(first).to.include({ scenario: 'a', points: 0 });
      }),
    );
  });

  it('that fewer runs of the same kind earn are never more', () => {
    const share = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(RUBRIC.filter(notCharged), share, share, (rubric, passed, failed) => {
        const of = (times: number) => [
          {
            planned: times * (passed + failed),
            passed: times * passed,
            lost: times * failed,
            stale: 0,
            unknown: 0,
          },
        ];
        // Below ten runs the doubt is nobody's benefit.
        fc.pre(passed + failed < 10 && rubric.gradedEnd === 'low');
        const decides = rubric.parts[0]?.scenarios[0]?.policy.kind === 'decision';
        fc.pre(!decides);
        expect(total(rubric, of(1), false)).to.be.at.most(total(rubric, of(10), false));
      }),
    );
  });
});
