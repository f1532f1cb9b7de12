import { expect } from 'chai';
import * as fc from 'fast-check';
import { minimalPart } from '../../../../harness/checkers/linearizability/minimal.js';

const ITEMS = Array.from({ length: 200 }, (_, at) => at);

describe('minimal part', () => {
  it('is exactly what the property needs, found with few questions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...ITEMS), { maxLength: 5 }), (needed) => {
        let questions = 0;
        const part = minimalPart(ITEMS, (kept) => {
          questions += 1;
          return needed.every((item) => kept.includes(item));
        });
        expect(part.toSorted((a, b) => a - b)).to.deep.equal(needed.toSorted((a, b) => a - b));
        expect(questions).to.be.lessThan(100);
      }),
    );
  });

  it('prefers items in front', () => {
    expect(minimalPart(ITEMS, (kept) => kept.length >= 3)).to.deep.equal([0, 1, 2]);
  });

  it('still has the property when time is up', () => {
    let questions = 0;
    const holds = (kept: readonly number[]) => {
      questions += 1;
      return kept.includes(3) && kept.includes(180);
    };
    const part = minimalPart(ITEMS, holds, () => questions > 3);
    expect(part).to.include.members([3, 180]);
    expect(questions).to.be.lessThan(20);
  });
});
