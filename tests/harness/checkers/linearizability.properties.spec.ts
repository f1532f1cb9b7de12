/** The search against the definition, on many small random histories. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { DEFAULT_BUDGET } from '../../../harness/checkers/checker.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import type { Operation } from '../../../harness/history/operation.js';
import type { Finding } from '../../../harness/verdict.js';
import { isLinearizable, relax } from './brute-force.js';
import { smallHistories } from './small-histories.js';

/** How many histories each comparison draws; more can be asked for by hand. */
const RUNS = Number(process.env['PBLAB_PROPERTY_RUNS'] ?? 20_000);

const check = (history: readonly Operation[]): Finding =>
  linearizability.check(history, { timeline: [], budget: DEFAULT_BUDGET });

describe('linearizability, on small random histories', function () {
  this.timeout(600_000);

  it('agrees with trying every order', () => {
    const verdicts = { pass: 0, fail: 0 };
    fc.assert(
      fc.property(smallHistories(7), (history) => {
        const expected = isLinearizable(history) ? 'pass' : 'fail';
        verdicts[expected] += 1;
        expect(check(history).verdict).to.equal(expected);
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(verdicts.pass, verdicts.fail)).to.be.greaterThan(RUNS / 10);
  });

  it('refuses with a core from which nothing can be left out', () => {
    let refused = 0;
    fc.assert(
      fc.property(smallHistories(7), (history) => {
        const finding = check(history);
        if (finding.verdict !== 'fail') return;
        refused += 1;
        const core = finding.evidence.operations;
        expect(isLinearizable(reduce(history, core)), 'the core contradicts').to.equal(false);
        for (const left of core) {
          const smaller = core.filter((operation) => operation !== left);
          expect(isLinearizable(reduce(history, smaller)), `without ${left.id}`).to.equal(true);
        }
      }),
      { numRuns: RUNS / 4 },
    );
    expect(refused).to.be.greaterThan(RUNS / 50);
  });
});

/** Keeps some operations, relaxes all other writes and drops all other reads. */
function reduce(history: readonly Operation[], kept: readonly Operation[]): Operation[] {
  return history.flatMap((operation) => {
    if (kept.includes(operation)) return [operation];
    return operation.op === 'get' || operation.outcome === 'failed' ? [] : [relax(operation)];
  });
}
