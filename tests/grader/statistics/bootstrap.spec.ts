/** Medians with bootstrap intervals: the same everywhere, and as wide as they have to be. */

import { expect } from 'chai';
import { bootstrapMedian, median } from '../../../grader/statistics/bootstrap.js';
import { randomFrom } from '../../../harness/index.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a median', () => {
  it('is the middle value, or halfway between the two middle ones', () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 2, 3])).to.equal(2.5);
    expect(median([])).to.be.NaN;
  });
});

describe('the bootstrap interval of a median', () => {
  it('is the same for the same values, in whatever order', () => {
    const values = upTo(25).map((n) => n ** 1.5);
    expect(bootstrapMedian(values)).to.deep.equal(bootstrapMedian(values.toReversed()));
  });

  it('agrees with the exact distribution of the median over all resamples', () => {
    // For an odd number n: the median is above the k-th value if less than half of n draws are at most the k-th.
    const n = 21;
    const atMost = (k: number) => {
      let sum = 0;
      let ways = 1;
      for (let hits = 0; hits <= n; hits++) {
        if (hits > n / 2) sum += ways * (k / n) ** hits * (1 - k / n) ** (n - hits);
        ways = (ways * (n - hits)) / (hits + 1);
      }
      return sum;
    };
    const { low, high } = bootstrapMedian(upTo(n));
    // 2000 resamples place each end within a value of where it belongs.
    expect(atMost(low - 2)).to.be.below(0.025);
    expect(atMost(low + 1)).to.be.above(0.025);
    expect(1 - atMost(high + 1)).to.be.below(0.025);
    expect(1 - atMost(high - 2)).to.be.above(0.025);
  });

  it('covers the true median about as often as it says', () => {
    const random = randomFrom('coverage');
    let covered = 0;
    const trials = 1000;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = bootstrapMedian(upTo(30).map(() => -Math.log(1 - random.float())));
      if (low <= Math.LN2 && Math.LN2 <= high) covered++;
    }
    expect(covered / trials).to.be.within(0.92, 0.98);
  });

  it('widens with the confidence and narrows with the values', () => {
    const width = (count: number, confidence?: number) => {
      const { low, high } = bootstrapMedian(
        upTo(count).map((n) => n / count),
        confidence,
      );
      return high - low;
    };
    expect(width(25, 0.99)).to.be.above(width(25));
    expect(width(100)).to.be.below(width(25));
  });

  it('bears a single value, values without end, and no value', () => {
    expect(bootstrapMedian([7])).to.deep.equal({ low: 7, high: 7 });
    expect(bootstrapMedian([1, Infinity, Infinity]).high).to.equal(Infinity);
    expect(bootstrapMedian([]).low).to.be.NaN;
  });
});
