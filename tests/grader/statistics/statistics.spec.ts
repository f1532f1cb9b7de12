import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  incompleteBeta,
  inverseIncompleteBeta,
  logGamma,
} from '../../../grader/statistics/beta.js';
import { runsNeeded } from '../../../grader/statistics/binomial.js';
import { clopperPearson, ruledOutRate } from '../../../grader/statistics/clopper-pearson.js';
import { ROOT } from '../support.js';

const golden: {
  cp95: Record<string, [number, number]>;
  n_to_see: Record<string, number>;
} = JSON.parse(readFileSync(join(ROOT, 'tests/data/statistics-golden.json'), 'utf8'));

describe('the Clopper–Pearson interval', () => {
  for (const [counts, [low, high]] of Object.entries(golden.cp95)) {
    it(`of ${counts} agrees with the reference value`, () => {
      const [failures = NaN, runs = NaN] = counts.split('/').map(Number);
      const interval = clopperPearson(failures, runs);
      expect(interval.low).to.be.closeTo(low, 1e-9);
      expect(interval.high).to.be.closeTo(high, 1e-9);
    });
  }

  it('says nothing when there were no runs', () => {
    expect(clopperPearson(0, 0)).to.deep.equal({ low: 0, high: 1 });
  });

  it('gives each tail outside it half of what the confidence leaves', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 2000 })
          .chain((runs) =>
            fc.record({ runs: fc.constant(runs), failures: fc.integer({ min: 0, max: runs }) }),
          ),
        fc.constantFrom(0.8, 0.95, 0.999),
        ({ runs, failures }, confidence) => {
          const { low, high } = clopperPearson(failures, runs, confidence);
          const tail = (1 - confidence) / 2;
          if (failures > 0) {
            expect(incompleteBeta(low, failures, runs - failures + 1)).to.be.closeTo(tail, 1e-9);
          }
          if (failures < runs) {
            expect(1 - incompleteBeta(high, failures + 1, runs - failures)).to.be.closeTo(
              tail,
              1e-9,
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('holds the estimate and narrows with more runs, up to a million', () => {
    const widths = [100, 10_000, 1_000_000].map((runs) => {
      const { low, high } = clopperPearson(runs / 10, runs);
      expect(low).to.be.below(0.1);
      expect(high).to.be.above(0.1);
      return high - low;
    });
    expect(widths).to.deep.equal(widths.toSorted((a, b) => b - a));
  });

  const wrong: [number, number, number][] = [
    [-1, 10, 0.95],
    [11, 10, 0.95],
    [0.5, 10, 0.95],
    [0, NaN, 0.95],
    [0, Infinity, 0.95],
    [1, 10, 0],
    [1, 10, 1],
    [1, 10, NaN],
  ];
  for (const [failures, runs, confidence] of wrong) {
    it(`refuses ${failures} of ${runs} at ${confidence}`, () => {
      expect(() => clopperPearson(failures, runs, confidence)).to.throw(RangeError);
    });
  }
});

describe('the rate that failure-free runs rule out', () => {
  it('is 1 − (α/2)^(1/n), the closed form of the upper bound', () => {
    for (const runs of [1, 10, 100, 5000]) {
      expect(ruledOutRate(runs)).to.be.closeTo(1 - 0.025 ** (1 / runs), 1e-12);
    }
  });

  it('is everything when there were no runs', () => {
    expect(ruledOutRate(0)).to.equal(1);
  });
});

describe('the runs that it takes to catch something', () => {
  const cases: [probability: number, certainty: number, runs: number][] = [
    [1, 0.95, 1],
    [1, 0.99, 1],
    [0.99, 0.95, 1],
    // Whole quotients, which rounding must not raise: 0.5³ = 1 − 0.875, 0.1² = 1 − 0.99.
    [0.5, 0.875, 3],
    [0.9, 0.99, 2],
    [0.99, 0.9999, 2],
    // ln 0.05 / ln 0.5 = 4.3, ln 0.05 / ln 0.95 = 58.4, ln 0.01 / ln 0.95 = 89.8
    [0.5, 0.95, 5],
    [0.05, 0.95, 59],
    [0.05, 0.99, 90],
    [1e-9, 0.95, 2_995_732_273],
    [0, 0.95, Infinity],
  ];
  for (const [probability, certainty, runs] of cases) {
    it(`are ${runs} for a probability of ${probability} and a certainty of ${certainty}`, () => {
      expect(runsNeeded(probability, certainty)).to.equal(runs);
    });
  }

  for (const [text, runs] of Object.entries(golden.n_to_see)) {
    it(`agree with the reference value for ${text}`, () => {
      const [probability = NaN, certainty = NaN] = text
        .split(',')
        .map((part) => Number(part.slice(2)));
      expect(runsNeeded(probability, certainty)).to.equal(runs);
    });
  }

  it('are the first number after which missing it is as rare as was asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (probability) => {
        const runs = runsNeeded(probability, 0.95);
        expect((1 - probability) ** runs).to.be.at.most(0.05 + 1e-9);
        if (runs > 1) expect((1 - probability) ** (runs - 1)).to.be.above(0.05 - 1e-9);
      }),
    );
  });

  const wrong: [number, number][] = [
    [-0.1, 0.95],
    [1.1, 0.95],
    [NaN, 0.95],
    [0.5, 0],
    [0.5, 1],
    [0.5, NaN],
  ];
  for (const [probability, certainty] of wrong) {
    it(`refuses a probability of ${probability} with a certainty of ${certainty}`, () => {
      expect(() => runsNeeded(probability, certainty)).to.throw(RangeError);
    });
  }
});

describe('the special functions', () => {
  it('know the logarithms of factorials and of √π', () => {
    expect(logGamma(1)).to.be.closeTo(0, 1e-14);
    expect(logGamma(11)).to.be.closeTo(Math.log(3_628_800), 1e-12);
    expect(logGamma(0.5)).to.be.closeTo(Math.log(Math.PI) / 2, 1e-14);
    expect(logGamma(0.25)).to.be.closeTo(1.2880225246980774, 1e-13);
    expect(() => logGamma(0)).to.throw(RangeError);
  });

  it('know the incomplete beta function where it has a closed form', () => {
    expect(incompleteBeta(0.3, 1, 1)).to.be.closeTo(0.3, 1e-14);
    expect(incompleteBeta(0.3, 2, 1)).to.be.closeTo(0.09, 1e-14);
    expect(incompleteBeta(0.3, 1, 5)).to.be.closeTo(1 - 0.7 ** 5, 1e-14);
    expect(incompleteBeta(0, 2, 3)).to.equal(0);
    expect(incompleteBeta(1, 2, 3)).to.equal(1);
    expect(() => incompleteBeta(1.1, 1, 1)).to.throw(RangeError);
  });

  it('invert the incomplete beta function', () => {
    for (const x of [0.001, 0.2, 0.5, 0.7]) {
      expect(inverseIncompleteBeta(incompleteBeta(x, 3, 7), 3, 7)).to.be.closeTo(x, 1e-10);
    }
  });
});
