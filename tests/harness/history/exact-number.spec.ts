import { expect } from 'chai';
import * as fc from 'fast-check';
import { isExact } from '../../../harness/history/exact-number.js';

describe('exact number', () => {
  it('takes what a double holds, however it is written', () => {
    const literals = ['0', '-0', '0.0', '0.1', '12.50', '0.10000000000000001', '1e3', '1.5E-7'];
    // In the middle of two of so many digits.
    literals.push('1197103540101910.2', '1197103540101910.3');
    for (const literal of [...literals, '1732900000000000000', '1732900000000.125', '-3.20e+1']) {
      expect(isExact(literal), literal).to.equal(true);
    }
  });

  it('refuses what becomes another number', () => {
    const literals = ['1732900000000000001', '1732900000000.00001', '9007199254740993', '1e400'];
    for (const literal of [...literals, '1e-400', `1.${'0'.repeat(200)}1`]) {
      expect(isExact(literal), literal).to.equal(false);
    }
  });

  it('takes every number as it is written by a program', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(isExact(JSON.stringify(number))).to.equal(true);
        expect(isExact(number.toPrecision(17))).to.equal(true);
      }),
    );
  });
});
