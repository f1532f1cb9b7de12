import { expect } from 'chai';
import * as fc from 'fast-check';
import { openSequence } from '../../../../grader/statistics/sequential/sequence.js';
import { DEFAULT_STOPPING } from '../../../../grader/statistics/sequential/wald-test.js';
import type { Verdict } from '../../../../harness/index.js';

/** The sequence after these verdicts by position, settled in this order. */
function settled(verdicts: readonly Verdict[], order: readonly number[]) {
  const sequence = openSequence(DEFAULT_STOPPING, verdicts.length);
  for (const position of order) sequence.settle(position, verdicts[position] ?? expect.fail());
  return sequence;
}

function inOrder(verdicts: readonly Verdict[]) {
  return settled(verdicts, [...verdicts.keys()]);
}

describe('a sequence of runs', () => {
  it('comes to the same decision after the same runs, in whatever order they end', () => {
    const lists = fc.array(fc.constantFrom<Verdict>('pass', 'pass', 'pass', 'fail', 'unknown'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        lists.chain((verdicts) =>
          fc.tuple(
            fc.constant(verdicts),
            fc.shuffledSubarray([...verdicts.keys()], { minLength: verdicts.length }),
          ),
        ),
        ([verdicts, order]) => {
          const { counted, usable, decision } = settled(verdicts, order);
          const expected = inOrder(verdicts);
          expect(counted).to.equal(expected.counted);
          expect(usable).to.equal(expected.usable);
          expect(decision).to.equal(expected.decision);
        },
      ),
    );
  });

  it('counts nothing beyond a run that is not settled', () => {
    const sequence = openSequence(DEFAULT_STOPPING, 10);
    for (const position of [0, 1, 3, 4, 5]) sequence.settle(position, 'fail');
    expect(sequence).to.include({ counted: 2, decision: undefined, leastRunsLeft: 1 });
    sequence.settle(2, 'pass');
    expect(sequence).to.include({ counted: 5, usable: 5, decision: 'unacceptable' });
    expect(sequence).to.include({ leastRunsLeft: 0, likelyRunsLeft: 0 });
  });

  it('is never made unacceptable by runs that say nothing', () => {
    const verdicts: Verdict[] = ['fail', 'unknown', 'fail', 'unknown', 'fail', 'pass'];
    expect(inOrder(verdicts)).to.include({ counted: 5, usable: 3, decision: 'unacceptable' });
    const nothing = Array.from({ length: 50 }, (): Verdict => 'unknown');
    expect(inOrder(nothing)).to.include({ counted: 50, usable: 0, decision: 'undecided' });
  });

  it('is acceptable only where it is so if those runs had failed', () => {
    const passes = (number: number) => Array.from({ length: number }, (): Verdict => 'pass');
    expect(inOrder(['unknown', ...passes(55)]).decision).to.equal('undecided');
    const accepted = inOrder(['unknown', ...passes(60)]);
    expect(accepted).to.include({ counted: 57, usable: 56, decision: 'acceptable' });
  });

  it('is undecided where there are no more runs', () => {
    expect(inOrder(['fail', 'pass'])).to.include({ counted: 2, decision: 'undecided' });
    expect(openSequence(DEFAULT_STOPPING, 2).likelyRunsLeft).to.equal(2);
  });
});
