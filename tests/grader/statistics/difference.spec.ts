/** Intervals for rates and their differences, against reference values from elsewhere. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Interval } from '../../../grader/statistics/clopper-pearson.js';
import { inverseIncompleteBeta } from '../../../grader/statistics/beta.js';
import { newcombe, noWorseThan, wilson } from '../../../grader/statistics/difference.js';
import { normalQuantile } from '../../../grader/statistics/normal.js';
import { ROOT } from '../support.js';

interface Golden {
  wilson95: Record<string, [number, number]>;
  jeffreys95: Record<string, [number, number]>;
  newcombe95: Record<string, [number, number]>;
}

const golden: Golden = JSON.parse(
  readFileSync(join(ROOT, 'tests/data/statistics-golden.json'), 'utf8'),
);

/** `3/100`. */
function countsOf(text: string) {
  const [failed = NaN, usable = NaN] = text.split('/').map(Number);
  return { failed, usable };
}

function expectInterval({ low, high }: Interval, [wantedLow, wantedHigh]: [number, number]): void {
  expect(low).to.be.closeTo(wantedLow, 1e-9);
  expect(high).to.be.closeTo(wantedHigh, 1e-9);
}

const counts = fc
  .record({
    usable: fc.integer({ min: 1, max: 400 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ usable, share }) => ({ failed: Math.round(usable * share), usable }));

describe("Wilson's interval", () => {
  for (const [text, ends] of Object.entries(golden.wilson95)) {
    it(`of ${text} agrees with the reference value`, () => {
      expectInterval(wilson(countsOf(text)), ends);
    });
  }

  it('says nothing without runs', () => {
    expect(wilson({ failed: 0, usable: 0 })).to.deep.equal({ low: 0, high: 1 });
  });
});

describe('the special functions', () => {
  // No report has this interval; it is the incomplete beta function between whole numbers.
  for (const [text, [low, high]] of Object.entries(golden.jeffreys95)) {
    it(`give Jeffreys' interval of ${text}`, () => {
      const { failed, usable } = countsOf(text);
      const end = (tail: number) =>
        inverseIncompleteBeta(tail, failed + 0.5, usable - failed + 0.5);
      if (failed > 0) expect(end(0.025)).to.be.closeTo(low, 1e-9);
      if (failed < usable) expect(end(0.975)).to.be.closeTo(high, 1e-9);
    });
  }

  it('know the quantiles of the normal distribution', () => {
    expect(normalQuantile(0.5)).to.equal(0);
    expect(normalQuantile(0.975)).to.be.closeTo(1.959963984540054, 1e-12);
    expect(normalQuantile(0.95)).to.be.closeTo(1.6448536269514722, 1e-12);
    expect(normalQuantile(0.0005)).to.be.closeTo(-3.2905267314919255, 1e-11);
    expect(normalQuantile(1e-6)).to.be.closeTo(-4.753424308822899, 1e-10);
    for (const wrong of [0, 1, -1, NaN]) expect(() => normalQuantile(wrong)).to.throw(RangeError);
  });
});

describe("Newcombe's interval", () => {
  for (const [text, ends] of Object.entries(golden.newcombe95)) {
    it(`for ${text} agrees with the reference value`, () => {
      const [one = '', other = ''] = text.split('-');
      expectInterval(newcombe(countsOf(one), countsOf(other)), ends);
    });
  }

  it('holds the difference, lies between −1 and 1, and turns round with the sides', () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const { low, high } = newcombe(one, other);
        const difference = one.failed / one.usable - other.failed / other.usable;
        expect(difference).to.be.within(low - 1e-12, high + 1e-12);
        expect(low).to.be.at.least(-1 - 1e-12);
        expect(high).to.be.at.most(1 + 1e-12);
        const turned = newcombe(other, one);
        expect(turned.low).to.be.closeTo(-high, 1e-12);
        expect(turned.high).to.be.closeTo(-low, 1e-12);
      }),
    );
  });

  it('says nothing where a side has no runs', () => {
    expect(newcombe({ failed: 0, usable: 0 }, { failed: 1, usable: 9 })).to.deep.equal({
      low: -1,
      high: 1,
    });
  });

  it('has a one-sided bound that is the upper end of the interval with twice the risk', () => {
    const [one, other] = [countsOf('3/50'), countsOf('1/50')];
    expect(noWorseThan(one, other)).to.equal(newcombe(one, other, 0.9).high);
    expect(noWorseThan(one, other)).to.be.below(newcombe(one, other).high);
    // Of 50 runs without a failure on either side: Wilson's end, z²/(n + z²) with z = 1.645.
    expect(noWorseThan(countsOf('0/50'), countsOf('0/50'))).to.be.closeTo(0.05133, 1e-5);
    expect(noWorseThan(countsOf('0/50'), countsOf('50/50'))).to.be.below(-0.9);
  });
});
