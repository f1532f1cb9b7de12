import { expect } from 'chai';
import * as fc from 'fast-check';
import { anytimeInterval } from '../../../../grader/statistics/sequential/anytime-interval.js';
import { clopperPearson } from '../../../../grader/statistics/clopper-pearson.js';

/**
 * The probability that the interval after any of so many runs leaves out the true rate, exactly: by what may
 * have been seen so far without that.
 */
function everOutside(rate: number, runs: number): number {
  let open = new Map([[0, 1]]);
  let outside = 0;
  for (let n = 1; n <= runs; n += 1) {
    const next = new Map<number, number>();
    for (const [failures, probability] of open) {
      next.set(failures, (next.get(failures) ?? 0) + probability * (1 - rate));
      next.set(failures + 1, (next.get(failures + 1) ?? 0) + probability * rate);
    }
    open = new Map();
    for (const [failures, probability] of next) {
      const { low, high } = anytimeInterval(failures, n);
      if (low <= rate && rate <= high) open.set(failures, probability);
      else outside += probability;
    }
  }
  return outside;
}

describe('the anytime-valid interval', () => {
  it('has the ends that the mixture gives', () => {
    // B(3½, ½) / B(½, ½) = 5/16, and 20 p³ = 5/16 where p = 1/4.
    expect(anytimeInterval(3, 3)).to.deep.include({ high: 1 });
    expect(anytimeInterval(3, 3).low).to.be.closeTo(0.25, 1e-12);
    // B(1½, ½) / B(½, ½) = 1/2, and 20 (1 − p) = 1/2 where p = 39/40.
    expect(anytimeInterval(0, 1)).to.deep.include({ low: 0 });
    expect(anytimeInterval(0, 1).high).to.be.closeTo(39 / 40, 1e-12);
    expect(anytimeInterval(0, 0)).to.deep.equal({ low: 0, high: 1 });
  });

  it('is wider than the one for a fixed number of runs, and the same for passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (runs, some) => {
        const failures = some % (runs + 1);
        const anytime = anytimeInterval(failures, runs);
        const fixed = clopperPearson(failures, runs);
        expect(anytime.low).to.be.at.most(fixed.low + 1e-12);
        expect(anytime.high).to.be.at.least(fixed.high - 1e-12);
        const passes = anytimeInterval(runs - failures, runs);
        expect(passes.low).to.be.closeTo(1 - anytime.high, 1e-9);
      }),
    );
  });

  it('becomes narrower with more confidence given up', () => {
    const [wide, narrow] = [0.99, 0.8].map((confidence) => anytimeInterval(3, 40, confidence));
    expect(wide?.low).to.be.below(narrow?.low ?? 0);
    expect(wide?.high).to.be.above(narrow?.high ?? 1);
  });

  for (const rate of [0.01, 0.1, 0.5]) {
    it(`covers a rate of ${rate} after every one of 100 runs, with 95 %`, () => {
      expect(everOutside(rate, 100)).to.be.at.most(0.05);
    });
  }
});
