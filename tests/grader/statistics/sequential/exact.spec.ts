import { expect } from 'chai';
import {
  characteristic,
  endings,
  fixedPlan,
  leastCap,
} from '../../../../grader/statistics/sequential/exact.js';
import { DEFAULT_STOPPING } from '../../../../grader/statistics/sequential/wald-test.js';

const RATES = [0, 0.001, 0.01, 0.03, 0.1, 0.5, 1];

/** The probability of at most so many failures, added up term by term. */
function binomialAtMost(failures: number, runs: number, rate: number): number {
  let term = (1 - rate) ** runs;
  let sum = term;
  for (let k = 1; k <= failures; k += 1) {
    term *= ((runs - k + 1) / k) * (rate / (1 - rate));
    sum += term;
  }
  return sum;
}

describe('what a sequential test does', () => {
  it('is all that can happen', () => {
    for (const rate of RATES) {
      const all = endings(DEFAULT_STOPPING, 60, rate);
      const sum = all.reduce((total, { probability }) => total + probability, 0);
      expect(sum, `rate ${rate}`).to.be.closeTo(1, 1e-12);
      expect(all.every(({ failures, passes }) => failures + passes <= 60)).to.be.true;
    }
  });

  it('is plain where a submission always passes or always fails', () => {
    const sound = { acceptable: 1, unacceptable: 0, undecided: 0, averageRuns: 32 };
    const broken = { acceptable: 0, unacceptable: 1, undecided: 0, averageRuns: 3 };
    expect(characteristic(DEFAULT_STOPPING, 100, 0)).to.deep.equal(sound);
    expect(characteristic(DEFAULT_STOPPING, 100, 1)).to.deep.equal(broken);
    expect(characteristic(DEFAULT_STOPPING, 20, 0).undecided).to.equal(1);
  });

  for (const cap of [10, 50, 100, 208, 1000]) {
    it(`errs no more often than promised with at most ${cap} runs`, () => {
      const { acceptable, unacceptable, falseAlarm, miss } = DEFAULT_STOPPING;
      expect(characteristic(DEFAULT_STOPPING, cap, acceptable).unacceptable).to.be.at.most(
        falseAlarm,
      );
      expect(characteristic(DEFAULT_STOPPING, cap, unacceptable).acceptable).to.be.at.most(miss);
    });
  }

  it('errs no more often even if what is undecided at the least cap counts as wrong', () => {
    const { acceptable, unacceptable, falseAlarm, miss } = DEFAULT_STOPPING;
    const cap = leastCap(DEFAULT_STOPPING);
    const wrong = (runs: number) => ({
      alarm: 1 - characteristic(DEFAULT_STOPPING, runs, acceptable).acceptable,
      miss: 1 - characteristic(DEFAULT_STOPPING, runs, unacceptable).unacceptable,
    });
    // The help of the command names it.
    expect(cap).to.equal(208);
    expect(wrong(cap).alarm).to.be.at.most(falseAlarm);
    expect(wrong(cap).miss).to.be.at.most(miss);
    expect(wrong(cap - 1).alarm > falseAlarm || wrong(cap - 1).miss > miss).to.be.true;
  });
});

describe('the fixed plan with the same errors', () => {
  it('is the shortest in which both hold', () => {
    const { acceptable, unacceptable, falseAlarm, miss } = DEFAULT_STOPPING;
    const { runs, atMostFailures } = fixedPlan(DEFAULT_STOPPING);
    expect({ runs, atMostFailures }).to.deep.equal({ runs: 103, atMostFailures: 5 });
    expect(1 - binomialAtMost(atMostFailures, runs, acceptable)).to.be.at.most(falseAlarm);
    expect(binomialAtMost(atMostFailures, runs, unacceptable)).to.be.at.most(miss);
    for (let shorter = 1; shorter < runs; shorter += 1) {
      const bounds = Array.from({ length: 12 }, (_, failures) => failures);
      const both = bounds.filter(
        (most) =>
          1 - binomialAtMost(most, shorter, acceptable) <= falseAlarm &&
          binomialAtMost(most, shorter, unacceptable) <= miss,
      );
      expect(both, `${shorter} runs`).to.deep.equal([]);
    }
  });

  it('takes more than twice as many runs as sound and broken submissions do', () => {
    const { runs } = fixedPlan(DEFAULT_STOPPING);
    for (const rate of [0, 1]) {
      const { averageRuns } = characteristic(DEFAULT_STOPPING, leastCap(DEFAULT_STOPPING), rate);
      expect(averageRuns / runs).to.be.at.most(0.4);
    }
  });
});
