/**
 * The checker, and each of its two ways to judge, against the definition, on many small random histories.
 * PBLAB_PROPERTY_RUNS asks for another number of them, PBLAB_PROPERTY_SEED for certain ones.
 */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { DEFAULT_BUDGET } from '../../../harness/checkers/checker.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import { accountFor, type Account } from '../../../harness/checkers/linearizability/value-order.js';
import { poseProblem } from '../../../harness/checkers/linearizability/problem.js';
import { findOverwritten } from '../../../harness/checkers/linearizability/overwritten.js';
import { search, type Answer } from '../../../harness/checkers/linearizability/order-search.js';
import { searchPlainly } from '../../../harness/checkers/linearizability/plain-search.js';
import { sweep } from '../../../harness/checkers/linearizability/register-sweep.js';
import { findTurns } from '../../../harness/checkers/linearizability/touching-operations.js';
import { findAnswers } from '../../../harness/checkers/linearizability/unanswered.js';
import type { Operation } from '../../../harness/history/operation.js';
import type { Finding } from '../../../harness/lab/verdict.js';
import { isLinearizable, relax } from './brute-force.js';
import {
  smallHashHistories,
  smallHistories,
  smallRegisterHistories,
  withEmptyAppends,
  withFewClients,
  type Repetition,
} from './small-histories.js';

/** How many histories each comparison draws. */
const RUNS = Number(process.env['PBLAB_PROPERTY_RUNS'] ?? 1_500);
const SEED = process.env['PBLAB_PROPERTY_SEED'];

const PARAMETERS = { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) };

const REPETITIONS: readonly Repetition[] = ['unique', 'few', 'many'];

const check = (history: readonly Operation[]): Finding =>
  linearizability.check(history, { timeline: [], budget: DEFAULT_BUDGET });

type Word = 'pass' | 'fail';

const byDefinition = (history: Operation[]): Word => (isLinearizable(history) ? 'pass' : 'fail');

/** Draws histories and holds what is said of each against what is known; both verdicts must occur. */
function compare(
  histories: fc.Arbitrary<Operation[]>,
  say: (history: Operation[]) => Word | 'open',
  know: (history: Operation[]) => Word | 'open' = byDefinition,
): void {
  const verdicts = { pass: 0, fail: 0, open: 0 };
  fc.assert(
    fc.property(histories, (history) => {
      const said = say(history);
      verdicts[said] += 1;
      if (said !== 'open') expect(said).to.equal(know(history));
    }),
    PARAMETERS,
  );
  expect(Math.min(verdicts.pass, verdicts.fail)).to.be.greaterThan(RUNS / 25);
}

function byAccount(history: Operation[]): Word | 'open' {
  const { answer } = accountOf(history);
  if (answer === 'open') return 'open';
  return answer === 'linearizable' ? 'pass' : 'fail';
}

function conflictsOf(history: Operation[]): Operation[][] {
  const account = accountOf(history);
  return account.answer === 'contradiction' ? account.conflicts : [];
}

function accountOf(history: Operation[]): Account {
  const reads = readsOf(history);
  const posed = writesOf(history);
  const answers = findAnswers(
    reads,
    posed.map(({ operation }) => operation),
  );
  return accountFor(reads, posed, answers, findTurns(reads, posed));
}

const NO_LIMITS = { untilMs: Number.POSITIVE_INFINITY, states: 1_000_000 };

function wordFor(answer: Answer): Word | 'open' {
  if (answer === 'out-of-budget') return 'open';
  return answer === 'linearizable' ? 'pass' : 'fail';
}

function bySearch(history: Operation[]): Word | 'open' {
  const hashes = history.some(({ op }) => op === 'puthash');
  const answer = hashes
    ? searchPlainly(readsOf(history), writesOf(history), NO_LIMITS)
    : search(poseProblem(readsOf(history), writesOf(history)), NO_LIMITS);
  return wordFor(answer);
}

function bySweep(history: Operation[]): Word | 'open' {
  return wordFor(sweep(readsOf(history), writesOf(history), NO_LIMITS));
}

function readsOf(history: readonly Operation[]) {
  return history.filter(({ op, outcome }) => op === 'get' && outcome === 'ok');
}

function writesOf(history: readonly Operation[]) {
  return history
    .filter(({ op, outcome }) => op !== 'get' && outcome !== 'failed')
    .map((operation) => ({ operation, relaxed: false }));
}

describe('linearizability, on small random histories', function () {
  this.timeout(Math.max(120_000, 40 * RUNS));

  for (const repetition of REPETITIONS) {
    it(`agrees with trying every order, values ${repetition}`, () => {
      compare(smallHistories(7, repetition), (history) =>
        check(history).verdict === 'pass' ? 'pass' : 'fail',
      );
    });

    it(`agrees with trying every order, puthashes, values ${repetition}`, () => {
      compare(smallHashHistories(6, repetition), (history) =>
        check(history).verdict === 'pass' ? 'pass' : 'fail',
      );
    });

    it(`searches as the definition says, values ${repetition}`, () => {
      compare(smallHistories(7, repetition), bySearch);
      compare(smallHashHistories(6, repetition), bySearch);
    });

    it(`refuses with a core from which nothing can be left out, values ${repetition}`, () => {
      expect(refuseAll(smallHistories(7, repetition))).to.be.greaterThan(RUNS / 100);
      expect(refuseAll(smallHashHistories(6, repetition))).to.be.greaterThan(RUNS / 100);
    });
  }

  for (const repetition of REPETITIONS) {
    it(`sweeps registers as the definition says, values ${repetition}`, () => {
      compare(smallRegisterHistories(8, repetition), bySweep);
    });

    it(`agrees with trying every order where clients go on at once, values ${repetition}`, () => {
      const byChecker = (history: Operation[]) =>
        check(history).verdict === 'pass' ? 'pass' : 'fail';
      compare(smallHistories(7, repetition).map(withFewClients), byChecker);
      compare(smallHashHistories(6, repetition).map(withFewClients), byChecker);
      compare(smallRegisterHistories(8, repetition).map(withFewClients), byChecker);
    });

    it(`agrees with trying every order where clients append "" in between, values ${repetition}`, () => {
      const byChecker = (history: Operation[]) =>
        check(history).verdict === 'pass' ? 'pass' : 'fail';
      compare(withEmptyAppends(smallHistories(6, repetition)), byChecker);
      compare(withEmptyAppends(smallHistories(6, repetition)), bySearch);
      compare(withEmptyAppends(smallHashHistories(5, repetition)), byChecker);
      compare(withEmptyAppends(smallRegisterHistories(6, repetition)), byChecker);
    });

    it(`searches as the definition says where clients go on at once, values ${repetition}`, () => {
      compare(smallHistories(7, repetition).map(withFewClients), bySearch);
      compare(smallHashHistories(6, repetition).map(withFewClients), bySearch);
      compare(smallRegisterHistories(8, repetition).map(withFewClients), bySearch);
    });
  }

  it('sweeps and searches registers alike', () => {
    compare(smallRegisterHistories(18, 'many'), bySweep, bySearch);
  });

  it('sweeps and searches registers alike where the times of some writes are taken away', () => {
    const partly = (history: Operation[]) =>
      writesOf(history).map(({ operation }) => ({ operation, relaxed: operation.id % 3 === 0 }));
    compare(
      smallRegisterHistories(14, 'many'),
      (history) => wordFor(sweep(readsOf(history), partly(history), NO_LIMITS)),
      (history) => wordFor(search(poseProblem(readsOf(history), partly(history)), NO_LIMITS)),
    );
  });

  it('sweeps in an order of turns only what is linearizable', () => {
    compare(smallRegisterHistories(8, 'many').map(withFewClients), (history) => {
      const [reads, writes] = [readsOf(history), writesOf(history)];
      const says = wordFor(sweep(reads, writes, NO_LIMITS));
      // In one of many orders a pass is certain, without any a refusal is.
      const inTurn = sweep(reads, writes, NO_LIMITS, findTurns(reads, writes));
      return says === 'pass' && inTurn !== 'linearizable' ? 'open' : says;
    });
  });

  it('takes no read for one of an overwritten value that is none', () => {
    let found = 0;
    fc.assert(
      fc.property(smallRegisterHistories(8, 'many'), (history) => {
        const writes = writesOf(history).map(({ operation }) => operation);
        if (findOverwritten(readsOf(history), writes) === undefined) return;
        found += 1;
        expect(isLinearizable(history)).to.equal(false);
      }),
      PARAMETERS,
    );
    // In 3 % of all histories there is one.
    expect(found).to.be.greaterThan(RUNS / 150);
  });

  it('refuses with a core from which nothing can be left out where clients go on at once', () => {
    expect(refuseAll(smallHistories(7, 'few').map(withFewClients))).to.be.greaterThan(RUNS / 100);
    expect(refuseAll(smallHashHistories(6, 'few').map(withFewClients))).to.be.greaterThan(
      RUNS / 100,
    );
    expect(refuseAll(smallRegisterHistories(7, 'many').map(withFewClients))).to.be.greaterThan(
      RUNS / 100,
    );
  });

  it('gives an account of every history in which written values are unique', () => {
    compare(smallHistories(9, 'unique'), (history) => {
      const said = byAccount(history);
      expect(said).not.to.equal('open');
      return said;
    });
  });

  it('takes nothing for a contradiction that is none', () => {
    for (const histories of [
      smallHistories(7, 'unique'),
      smallHistories(7, 'few'),
      smallHashHistories(6, 'unique'),
      smallHashHistories(6, 'few'),
    ]) {
      fc.assert(
        fc.property(histories, (history) => {
          for (const conflict of conflictsOf(history)) {
            expect(isLinearizable(reduce(history, conflict))).to.equal(false);
          }
        }),
        PARAMETERS,
      );
    }
  });

  it('agrees with the search on histories too long for trying every order', () => {
    compare(smallHistories(20, 'unique'), byAccount, bySearch);
    compare(smallHistories(16, 'few'), byAccount, bySearch);
    compare(smallHashHistories(12, 'unique'), byAccount, bySearch);
  });

  it('says the truth where it gives an account of histories with repeated values', () => {
    compare(smallHistories(7, 'few'), byAccount);
    compare(smallHistories(7, 'many'), byAccount);
    compare(smallHashHistories(6, 'unique'), byAccount);
    compare(smallHashHistories(6, 'few'), byAccount);
  });
});

/** Holds all refusals to their word; returns how many there were. */
function refuseAll(histories: fc.Arbitrary<Operation[]>): number {
  let refused = 0;
  fc.assert(
    fc.property(histories, (history) => {
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
    { ...PARAMETERS, numRuns: Math.ceil(RUNS / 4) },
  );
  return refused;
}

/** Keeps some operations, relaxes all other writes and drops all other reads. */
function reduce(history: readonly Operation[], kept: readonly Operation[]): Operation[] {
  return history.flatMap((operation) => {
    if (kept.includes(operation)) return [operation];
    return operation.op === 'get' || operation.outcome === 'failed' ? [] : [relax(operation)];
  });
}
