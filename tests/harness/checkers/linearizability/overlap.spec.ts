import { expect } from 'chai';
import * as fc from 'fast-check';
import { measureOverlap } from '../../../../harness/checkers/linearizability/overlap.js';
import { NO_ANSWERS } from '../../../../harness/checkers/linearizability/unanswered.js';
import type { Operation } from '../../../../harness/history/operation.js';
import { smallHistories } from '../small-histories.js';

const endOf = ({ outcome, returnMs }: Operation) =>
  outcome === 'ok' && returnMs !== undefined ? returnMs : Number.POSITIVE_INFINITY;

const overlap = (a: Operation, b: Operation) => endOf(a) >= b.callMs && endOf(b) >= a.callMs;

describe('overlap', () => {
  it('is what comes out if every pair is looked at', () => {
    fc.assert(
      fc.property(smallHistories(12), (history) => {
        const reads = history.filter(({ op, outcome }) => op === 'get' && outcome === 'ok');
        const writes = history.filter(({ op, outcome }) => op !== 'get' && outcome !== 'failed');
        const all = [...reads, ...writes];
        const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b] as const));
        const atOnce = all.map(({ callMs }) =>
          all.filter((other) => other.callMs <= callMs && endOf(other) >= callMs),
        );
        expect(measureOverlap([{ reads, writes, answers: NO_ANSWERS }])).to.deep.equal({
          pairs: pairs.length,
          overlapping: pairs.filter(([a, b]) => overlap(a, b)).length,
          most: Math.max(0, ...atOnce.map(({ length }) => length)),
        });
      }),
      { numRuns: 500 },
    );
  });
});
