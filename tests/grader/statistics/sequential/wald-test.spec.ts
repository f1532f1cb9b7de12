import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Stopping } from '../../../../grader/statistics/sequential/stopping.js';
import {
  decide,
  DEFAULT_STOPPING,
  leastRunsToDecision,
  likelyRunsToDecision,
} from '../../../../grader/statistics/sequential/wald-test.js';

/** Tests of all kinds, with rates that are not too close to be told apart. */
const stoppings: fc.Arbitrary<Stopping> = fc
  .record({
    acceptable: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
    ratio: fc.double({ min: 2, max: 3, noNaN: true }),
    falseAlarm: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
    miss: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
  })
  .map(({ ratio, ...rest }) => ({ ...rest, unacceptable: rest.acceptable * ratio }));

describe('the sequential test', () => {
  it('takes 32 passes to accept, and 3 failures to refuse, unless said otherwise', () => {
    expect([31, 32].map((passes) => decide(DEFAULT_STOPPING, 0, passes))).to.deep.equal([
      undefined,
      'acceptable',
    ]);
    // Three failures reach the bound exactly: (10 % / 1 %)³ = 1 / 0.1 %.
    expect([2, 3].map((failures) => decide(DEFAULT_STOPPING, failures, 0))).to.deep.equal([
      undefined,
      'unacceptable',
    ]);
  });

  it('takes a failure back by 25 passes', () => {
    expect(decide(DEFAULT_STOPPING, 1, 55)).to.equal(undefined);
    expect(decide(DEFAULT_STOPPING, 1, 56)).to.equal('acceptable');
  });

  it('decides no sooner than after the least number of runs, and then can', () => {
    fc.assert(
      fc.property(
        stoppings,
        fc.nat(30),
        fc.nat(30),
        fc.nat(40),
        (stopping, failures, passes, more) => {
          fc.pre(decide(stopping, failures, passes) === undefined);
          const least = leastRunsToDecision(stopping, failures, passes);
          expect(least).to.be.at.least(1);
          const failing = Math.min(more, least - 1);
          expect(decide(stopping, failures + failing, passes + least - 1 - failing)).to.equal(
            undefined,
          );
          const ends = [
            decide(stopping, failures + least, passes),
            decide(stopping, failures, passes + least),
          ];
          expect(ends.some((end) => end !== undefined)).to.be.true;
        },
      ),
    );
  });

  it('is likely to take what it takes if all goes on as it began', () => {
    expect(likelyRunsToDecision(DEFAULT_STOPPING, 0, 0)).to.equal(32);
    expect(likelyRunsToDecision(DEFAULT_STOPPING, 0, 20)).to.equal(12);
    expect(likelyRunsToDecision(DEFAULT_STOPPING, 2, 0)).to.equal(1);
    expect(likelyRunsToDecision(DEFAULT_STOPPING, 3, 37)).to.equal(42);
  });
});
