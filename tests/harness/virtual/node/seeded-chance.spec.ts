import { expect } from 'chai';
import { chanceFrom } from '../../../../harness/virtual/node/seeded-chance.js';

describe('chance from a seed', () => {
  it('fills buffers of memory, and parts of views, as Node does', () => {
    const { randomFillSync } = chanceFrom(5n);
    const whole = new ArrayBuffer(16);
    expect(randomFillSync(whole)).to.equal(whole);
    expect([...new Uint8Array(whole)].some((byte) => byte !== 0)).to.equal(true);
    expect([...randomFillSync(Buffer.alloc(8), 4)].slice(0, 4)).to.deep.equal([0, 0, 0, 0]);
    const [first, second, ...rest] = randomFillSync(new Uint32Array(4), 1, 1);
    expect([first, ...rest]).to.deep.equal([0, 0, 0]);
    expect(second).to.be.above(0);
  });

  it('draws whole numbers from the range that is asked for, however large, and refuses an empty one', () => {
    const { randomInt } = chanceFrom(7n);
    for (let n = 0; n < 1000; n++) expect(randomInt(3, 6)).to.be.within(3, 5);
    const large = Array.from({ length: 20_000 }, () => randomInt(2 ** 40));
    expect(new Set(large.map((one) => one % 4096)).size).to.be.above(3000);
    expect(new Set(large).size).to.be.above(19_990);
    expect(() => randomInt(5, 5)).to.throw(RangeError, 'must be greater than 5');
  });
});
