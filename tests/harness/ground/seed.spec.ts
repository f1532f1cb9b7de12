/** Seeded randomness: the same for the same seed, and apart for each part of a run. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { deriveSeed, randomFrom, type Random } from '../../../harness/ground/seed.js';

/** Draws from 0 to 999 with the seed "the same everywhere"; a change here breaks every replay. */
const GOLDEN_DRAWS = [458, 157, 523];

function draws(random: Random, count = 20): number[] {
  return Array.from({ length: count }, () => random.float());
}

describe('randomness', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(draws(randomFrom('a'))).to.deep.equal(draws(randomFrom('a')));
    expect(draws(randomFrom('a'))).not.to.deep.equal(draws(randomFrom('b')));
  });

  it('is the same on every machine', () => {
    const random = randomFrom('the same everywhere');
    const first = [random.integer(0, 999), random.integer(0, 999), random.integer(0, 999)];
    expect(first).to.deep.equal(GOLDEN_DRAWS);
  });

  it('of a part is untouched by draws elsewhere', () => {
    const [quiet, busy] = [randomFrom('run'), randomFrom('run')];
    draws(busy, 100);
    draws(busy.child('clerk-1'), 100);
    expect(draws(busy.child('clerk-2'))).to.deep.equal(draws(quiet.child('clerk-2')));
    expect(draws(quiet.child('clerk-1'))).not.to.deep.equal(draws(quiet.child('clerk-2')));
  });

  it('stays within its bounds, both ends included', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.nat(50), (seed, low, width) => {
        const random = randomFrom(seed);
        const drawn = random.integer(low, low + width);
        expect(drawn).to.be.within(low, low + width);
        expect(random.float()).to.be.within(0, 1).and.not.equal(1);
        expect([1, 2, 3]).to.include(random.pick([1, 2, 3]));
      }),
    );
    const random = randomFrom('ends');
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(1, 3)));
    expect(seen).to.deep.equal(new Set([1, 2, 3]));
  });

  it('takes a chance as often as it says', () => {
    const random = randomFrom('chances');
    const taken = Array.from({ length: 5000 }, () => random.chance(0.3)).filter(Boolean).length;
    expect(taken / 5000).to.be.within(0.27, 0.33);
    expect(random.chance(0)).to.equal(false);
    expect(random.chance(1)).to.equal(true);
  });

  it('cannot pick from nothing', () => {
    expect(() => randomFrom('a').pick([])).to.throw();
  });
});

describe('the seed of a run', () => {
  it('follows from the plan and the place in it', () => {
    expect(deriveSeed('plan', 'alice', 3)).to.match(/^[0-9a-f]{16}$/);
    expect(deriveSeed('plan', 'alice', 3)).to.equal(deriveSeed('plan', 'alice', 3));
  });

  it('differs for another plan, another name and another index', () => {
    const seeds = [
      deriveSeed('plan', 'alice', 3),
      deriveSeed('plan', 'alice', 4),
      deriveSeed('plan', 'bob', 3),
      deriveSeed('other', 'alice', 3),
    ];
    expect(new Set(seeds).size).to.equal(seeds.length);
  });
});
