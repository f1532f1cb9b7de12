import { expect } from 'chai';
import * as fc from 'fast-check';
import { shareAt } from '../../../grader/rubric/policy.js';
import { divideByWeight, roundedShare, sumOfPoints } from '../../../grader/rubric/hundredths.js';
import { policyInYaml, thresholdsOf } from '../../../grader/rubric/policies/form.js';
import {
  isRatePolicy,
  POLICY_KINDS,
  WRITTEN_KINDS,
  type RatePolicy,
} from '../../../grader/rubric/policies/registry.js';
import { parseRubric } from '../../../grader/rubric/read-rubric.js';
import { ALL_OR_NOTHING, LINEAR, STEPS } from './support.js';

const shares: [what: string, policy: RatePolicy, shares: Record<string, number>][] = [
  ['all or nothing', ALL_OR_NOTHING, { 0: 1, 0.05: 1, 0.0501: 0, 1: 0 }],
  ['linear', LINEAR, { 0: 1, 0.25: 0.5, 0.5: 0, 1: 0 }],
  [
    'linear after a margin',
    { kind: 'linear', fullAtMost: 0.1, noneFrom: 0.3 },
    { 0: 1, 0.1: 1, 0.25: 0.25, 0.3: 0 },
  ],
  ['in steps', STEPS, { 0: 1, 0.01: 1, 0.011: 0.5, 0.1: 0.5, 0.11: 0, 1: 0 }],
];

const rated = [ALL_OR_NOTHING, LINEAR, STEPS, ...POLICY_KINDS.map(({ example }) => example)].filter(
  isRatePolicy,
);

describe('a policy', () => {
  for (const [what, policy, expected] of shares) {
    it(`that is ${what} gives its share at each rate`, () => {
      for (const [rate, share] of Object.entries(expected)) {
        expect(shareAt(policy, Number(rate)), rate).to.be.closeTo(share, 1e-12);
      }
    });
  }

  it('never gives more for a higher rate', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(rate, rate, fc.constantFrom(...rated), (a, b, policy) => {
        expect(shareAt(policy, Math.max(a, b))).to.be.at.most(shareAt(policy, Math.min(a, b)));
      }),
    );
  });
});

describe('a kind of policies', () => {
  for (const kind of WRITTEN_KINDS) {
    it(`that is ${kind.kind} has an example that can be read as it is written`, () => {
      const text = `title: t
stopping: { acceptable: 1 %, unacceptable: 10 %, falseAlarm: 0.1 %, miss: 5 % }
policy: ${policyInYaml(kind.example)}
parts: [{ name: A, points: 1, scenarios: [view-zero] }]`;
      const read = parseRubric(text, 'rubric.yaml').parts[0]?.scenarios[0]?.policy;
      const meant = kind.earnsBy === 'alias' ? kind.meaning(kind.example) : kind.example;
      expect(read).to.deep.equal(meant);
    });
  }

  for (const { kind, example } of POLICY_KINDS) {
    it(`that is ${kind} has inputs that move each of its percentages, and no farther than it is valid`, () => {
      for (const { value, moved } of thresholdsOf(example)) {
        expect(moved(value)).to.deep.equal(example);
        expect(moved(1.01)).to.equal(undefined);
        expect(moved(-0.01)).to.equal(undefined);
      }
    });
  }
});

describe('points', () => {
  it('are rounded half up, also where binary fractions are a little less than the half', () => {
    expect(roundedShare(2.01, 0.5)).to.equal(1.01);
    expect(roundedShare(10, 0.1005)).to.equal(1.01);
    expect(roundedShare(8.35, 0.1)).to.equal(0.84);
    expect(roundedShare(10, 0.10049)).to.equal(1);
    expect(roundedShare(1_000_000, 1)).to.equal(1_000_000);
  });

  it('add up without the digits of binary fractions', () => {
    expect(sumOfPoints(Array.from({ length: 10 }, () => 0.1))).to.equal(1);
    expect(sumOfPoints([0.1, 0.2])).to.equal(0.3);
  });

  it('are divided by weight into shares that add up', () => {
    expect(divideByWeight(10, [1, 1, 1])).to.deep.equal([3.34, 3.33, 3.33]);
    expect(divideByWeight(30, [5, 10])).to.deep.equal([10, 20]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 120 }),
        (hundredths, weights) => {
          const divided = divideByWeight(hundredths / 100, weights);
          expect(sumOfPoints(divided)).to.equal(hundredths / 100);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          for (const [index, weight] of weights.entries()) {
            const exact = (hundredths / 100) * (weight / total);
            expect(divided[index]).to.be.closeTo(exact, 0.0100001);
          }
        },
      ),
    );
  });
});
