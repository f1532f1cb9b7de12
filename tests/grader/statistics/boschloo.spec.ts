/** Boschloo's test, against a second way to work it out: every table, in whole numbers, at many rates. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { fisherExact, type Failures } from '../../../grader/statistics/significance.js';
import { boschloo } from '../../../grader/statistics/boschloo.js';

const of = (failed: number, usable: number): Failures => ({ failed, usable });

function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return ways;
}

/** Numerator of Fisher's probability of a table, over the number of ways to choose its failures. */
function fisherWays(a: Failures, b: Failures): bigint {
  const failed = a.failed + b.failed;
  const ways = (inA: number) => choose(a.usable, inA) * choose(b.usable, failed - inA);
  const seen = ways(a.failed);
  let sum = 0n;
  for (let inA = Math.max(0, failed - b.usable); inA <= Math.min(failed, a.usable); inA++) {
    if (ways(inA) <= seen) sum += ways(inA);
  }
  return sum;
}

/** The highest risk over a fine grid of rates; exact in which tables count, and a little low in the maximum. */
function bruteForce(a: Failures, b: Failures): number {
  const total = (failed: number) => choose(a.usable + b.usable, failed);
  const [seen, ofSeen] = [fisherWays(a, b), total(a.failed + b.failed)];
  const ways = new Map<number, number>();
  for (let x = 0; x <= a.usable; x++) {
    for (let y = 0; y <= b.usable; y++) {
      const isAsTelling =
        fisherWays(of(x, a.usable), of(y, b.usable)) * ofSeen <= seen * total(x + y);
      if (!isAsTelling) continue;
      ways.set(x + y, (ways.get(x + y) ?? 0) + Number(choose(a.usable, x) * choose(b.usable, y)));
    }
  }
  const usable = a.usable + b.usable;
  let highest = 0;
  for (let rate = 0.0005; rate < 1; rate += 0.0005) {
    let risk = 0;
    for (const [failed, count] of ways)
      risk += count * rate ** failed * (1 - rate) ** (usable - failed);
    highest = Math.max(highest, risk);
  }
  return highest;
}

describe("Boschloo's exact test", () => {
  it('agrees with counting all tables', () => {
    const side = fc
      .integer({ min: 1, max: 14 })
      .chain((usable) => fc.record({ failed: fc.nat(usable), usable: fc.constant(usable) }));
    fc.assert(
      fc.property(side, side, (a, b) => {
        const counted = bruteForce(a, b);
        // A grid can miss the peak, and never by much; the test itself must not miss it at all.
        expect(boschloo(a, b)).to.be.within(counted - 1e-9, counted + 1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it('has a closed form where everything failed on one side and nothing on the other', () => {
    // Only this table and its mirror image are as telling, most likely where half of all runs fail.
    for (const runs of [5, 20, 50]) {
      expect(boschloo(of(0, runs), of(runs, runs))).to.be.closeTo(2 * 0.5 ** (2 * runs), 1e-15);
    }
  });

  it("is never above Fisher's, and does not care which side or which outcome comes first", () => {
    const counts = fc
      .record({
        usable: fc.integer({ min: 1, max: 60 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ usable, share }) => of(Math.round(usable * share), usable));
    const passes = ({ failed, usable }: Failures) => of(usable - failed, usable);
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const probability = boschloo(a, b);
        expect(probability).to.be.within(0, fisherExact(a, b) + 1e-9);
        expect(boschloo(b, a)).to.be.closeTo(probability, 1e-9);
        expect(boschloo(passes(a), passes(b))).to.be.closeTo(probability, 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('finds five failures in fifty against none, which Fisher does not', () => {
    expect(fisherExact(of(0, 50), of(5, 50))).to.be.above(0.05);
    expect(boschloo(of(0, 50), of(5, 50))).to.be.below(0.05);
  });

  it('takes what is the same for the same', () => {
    expect(boschloo(of(0, 50), of(0, 50))).to.equal(1);
    expect(boschloo(of(7, 50), of(7, 50))).to.equal(1);
  });
});
