/** Whether a difference is more than chance, against reference values from elsewhere. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { benjaminiHochberg, fisherExact, holm } from '../../../grader/statistics/significance.js';
import { ROOT } from '../support.js';

interface Golden {
  fisher2: Record<string, number>;
  holm: { in: number[]; out: number[] };
  bh: { in: number[]; out: number[] };
}

const golden: Golden = JSON.parse(
  readFileSync(join(ROOT, 'tests/data/statistics-golden.json'), 'utf8'),
);

/** `"3,97;0,100"`: failures and passes on either side. */
function sides(table: string) {
  const [a = [], b = []] = table.split(';').map((side) => side.split(',').map(Number));
  const of = ([failed = NaN, passed = NaN]: number[]) => ({ failed, usable: failed + passed });
  return [of(a), of(b)] as const;
}

describe("Fisher's exact test", () => {
  for (const [table, probability] of Object.entries(golden.fisher2)) {
    it(`gives the reference value for ${table}`, () => {
      expect(fisherExact(...sides(table))).to.be.closeTo(probability, 1e-10);
    });
  }

  const counts = fc
    .record({ usable: fc.nat(60), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ usable, share }) => ({ failed: Math.round(usable * share), usable }));

  it('does not care which side is named first, nor whether failures or passes are counted', () => {
    const passes = ({ failed, usable }: { failed: number; usable: number }) => ({
      failed: usable - failed,
      usable,
    });
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const probability = fisherExact(a, b);
        expect(probability).to.be.within(0, 1);
        expect(fisherExact(b, a)).to.be.closeTo(probability, 1e-9);
        expect(fisherExact(passes(a), passes(b))).to.be.closeTo(probability, 1e-9);
      }),
    );
  });

  it('finds nothing where a side has no runs', () => {
    expect(fisherExact({ failed: 0, usable: 0 }, { failed: 7, usable: 9 })).to.be.closeTo(1, 1e-12);
  });
});

describe("Benjamini and Hochberg's correction", () => {
  it('gives the reference values', () => {
    const values = benjaminiHochberg(golden.bh.in);
    expect(values).to.have.lengthOf(golden.bh.out.length);
    for (const [index, value] of values.entries()) {
      expect(value).to.be.closeTo(golden.bh.out[index] ?? NaN, 1e-12);
    }
  });

  it('never asks for more than Holm does, nor makes a probability smaller', () => {
    const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(list, (probabilities) => {
        const familywise = holm(probabilities);
        for (const [i, value] of benjaminiHochberg(probabilities).entries()) {
          expect(value).to.be.at.least(probabilities[i] ?? NaN);
          expect(value).to.be.at.most((familywise[i] ?? NaN) + 1e-12);
        }
      }),
    );
  });
});

describe("Holm's correction", () => {
  it('gives the reference values', () => {
    for (const [index, value] of holm(golden.holm.in).entries()) {
      expect(value).to.be.closeTo(golden.holm.out[index] ?? NaN, 1e-12);
    }
  });

  it('leaves a single test alone, and knows what to do with none', () => {
    expect(holm([0.03])).to.deep.equal([0.03]);
    expect(holm([])).to.deep.equal([]);
  });

  it('makes no probability smaller, and keeps their order', () => {
    const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(list, (probabilities) => {
        const corrected = holm(probabilities);
        for (const [i, one] of probabilities.entries()) {
          expect(corrected[i]).to.be.within(one, 1);
          for (const [j, other] of probabilities.entries()) {
            if (one < other) expect(corrected[i]).to.be.at.most(corrected[j] ?? NaN);
          }
        }
      }),
    );
  });
});
