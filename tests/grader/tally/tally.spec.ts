import { expect } from 'chai';
import * as fc from 'fast-check';
import { describeTally } from '../../../grader/tally/describe-tally.js';
import { percent } from '../../../grader/text/count.js';
import { EXIT, exitCode } from '../../../grader/ground/exit-code.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import type { PlannedRun } from '../../../grader/plan/plan.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import { ruledOutRate } from '../../../grader/statistics/clopper-pearson.js';
import { MINIMUM_USABLE_RUNS } from '../../../grader/statistics/enough-runs.js';
import { tally } from '../../../grader/tally/tally.js';
import type { Tally } from '../../../grader/tally/tally.js';
import type { TallyWord } from '../../../grader/tally/scenario-tally.js';
import type { RunRecord } from '../../../harness/index.js';
import { alicesRuns, failing, planOf, recordOf, unknown } from '../support.js';

/** Alice's tally after runs that ended in these numbers; more may have been planned. */
function tallyOf(counts: { pass?: number; fail?: number; unknown?: number; planned?: number }) {
  const { pass = 0, fail = 0, unknown: open = 0 } = counts;
  const planned = alicesRuns(counts.planned ?? pass + fail + open);
  const changes = [
    ...Array.from({ length: fail }, () => failing('lost-write')),
    ...Array.from({ length: open }, () => unknown('disturbed')),
    ...Array.from({ length: pass }, () => ({})),
  ];
  return only(tally(zip(planned, changes), { planned }));
}

function zip(planned: readonly PlannedRun[], changes: Partial<RunRecord>[]): RunRecord[] {
  return changes.map((change, i) => recordOf(planned[i] ?? expect.fail('too few runs'), change));
}

function only(tallies: readonly Tally[]): Tally {
  expect(tallies).to.have.length(1);
  return tallies[0] ?? expect.fail('no tally');
}

describe('a tally', () => {
  it('counts each verdict and gives the rate over the usable runs only', () => {
    const found = tallyOf({ pass: 97, fail: 3, unknown: 5 });
    expect(found).to.include({ submission: 'alice', scenario: 'append', planned: 105 });
    expect(found).to.include({ runs: 105, passed: 97, failed: 3, unknown: 5 });
    expect(found.failureRate).to.include({ confidence: 0.95, method: 'clopper-pearson' });
    expect(found.failureRate.estimate).to.equal(0.03);
    expect(found.failureRate.low).to.be.closeTo(0.006229971538305177, 1e-9);
    expect(found.failureRate.high).to.be.closeTo(0.08517605297427949, 1e-9);
    expect(found).not.to.have.property('rulesOut');
  });

  it('says what runs without a failure rule out: the upper end of their interval', () => {
    const { rulesOut, failureRate } = tallyOf({ pass: 100 });
    expect(rulesOut).to.equal(failureRate.high).and.to.be.closeTo(0.03621669264517642, 1e-9);
  });

  it('claims nothing when every run is unknown', () => {
    const found = tallyOf({ unknown: 30 });
    expect(found.failureRate).to.include({ estimate: null, low: 0, high: 1 });
    expect(found.word).to.equal('undecided');
    expect(found).not.to.have.property('rulesOut');
    expect(found.unknownCauses).to.deep.equal({ disturbed: 30 });
  });

  const few = MINIMUM_USABLE_RUNS - 1;
  const words: [number, number, number, TallyWord][] = [
    [10, 0, 0, 'solid'],
    [9, 1, 0, 'flaky'],
    [1, 9, 0, 'flaky'],
    [0, 10, 0, 'broken'],
    [0, 10, 90, 'broken'],
    [few, 0, 0, 'undecided'],
    [0, few, 0, 'undecided'],
    [few, 0, 90, 'undecided'],
    [0, 0, 0, 'undecided'],
  ];
  for (const [pass, fail, open, word] of words) {
    it(`calls ${pass} passed, ${fail} failed and ${open} unknown ${word}`, () => {
      expect(tallyOf({ pass, fail, unknown: open, planned: 100 }).word).to.equal(word);
    });
  }

  it('groups failures by signature and class, the most frequent first', () => {
    const planned = alicesRuns(6);
    const changes = [
      failing('b'),
      failing('a', { artifacts: 'evidence/1' }),
      failing('b', { artifacts: 'evidence/2', reason: `Long${'.'.repeat(1000)}` }),
      failing('b', { artifacts: 'evidence/3' }),
      failing('b', { class: 'crash' }),
      {},
    ];
    expect(only(tally(zip(planned, changes), { planned })).signatures).to.deep.equal([
      // The example is the first run that kept its evidence, not the first of all.
      {
        signature: 'b',
        class: 'safety',
        count: 3,
        exampleRun: 'alice/append/2',
        seed: planned[2]?.seed,
        // A submission cannot fill a report with one.
        reason: `Long${'.'.repeat(496)}`,
        artifacts: 'evidence/2',
      },
      {
        signature: 'a',
        class: 'safety',
        count: 1,
        exampleRun: 'alice/append/1',
        seed: planned[1]?.seed,
        reason: 'A write is gone.',
        artifacts: 'evidence/1',
      },
      {
        signature: 'b',
        class: 'crash',
        count: 1,
        exampleRun: 'alice/append/4',
        seed: planned[4]?.seed,
        reason: 'A write is gone.',
      },
    ]);
  });

  it('counts the latest attempt at a run only', () => {
    const planned = alicesRuns(1);
    const records = zip(planned, [unknown('disturbed')]);
    const again = zip(planned, [failing('lost-write', { attempt: 1 })]);
    const found = only(tally([...again, ...records], { planned }));
    expect(found).to.include({ runs: 1, failed: 1, unknown: 0 });
    expect(found.unknownCauses).to.deep.equal({});
  });

  it('leaves out runs that are not planned', () => {
    const [first, ...rest] = alicesRuns(3);
    if (first === undefined) expect.fail();
    const records = [first, ...rest].map((run) => recordOf(run));
    expect(only(tally(records, { planned: [first] })).runs).to.equal(1);
  });

  it('gives mean and median of duration and processor time', () => {
    const planned = alicesRuns(4);
    const times = [100, 400, 200, 900].map((durationMs) => ({ durationMs, cpuMs: durationMs / 2 }));
    const found = only(tally(zip(planned, times), { planned }));
    expect(found.durationMs).to.deep.equal({ mean: 400, median: 300 });
    expect(found.cpuMs).to.deep.equal({ mean: 200, median: 150 });
    expect(only(tally([], { planned }))).not.to.have.any.keys('durationMs', 'cpuMs');
  });

  it('comes for every submission and scenario, in the order of the plan', () => {
    const planned = plannedRuns(planOf(['bob', 'alice'], ['put', 'append'], 2));
    const tallies = tally(
      planned.map((run) => recordOf(run)),
      { planned },
    );
    expect(tallies.map(({ submission, scenario, runs }) => [submission, scenario, runs])).to.eql([
      ['bob', 'put', 2],
      ['bob', 'append', 2],
      ['alice', 'put', 2],
      ['alice', 'append', 2],
    ]);
  });

  it('does not depend on the order of the records, nor on records that come twice', () => {
    const planned = alicesRuns(12);
    const records = planned.map((run, i) =>
      recordOf(run, i % 3 === 0 ? failing(`s${i % 2}`) : i % 5 === 0 ? unknown('kit-broke') : {}),
    );
    const expected = tally(records, { planned });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.shuffledSubarray(records),
        (shuffled, repeated) => {
          expect(tally([...shuffled, ...repeated], { planned })).to.deep.equal(expected);
        },
      ),
    );
  });
});

describe('a tally of a sequential test', () => {
  /** Of runs that ended in this way, `.` for a pass, `F` for a failure and `?` for unknown, in their order. */
  function stoppedTally(endings: string, planned = endings.length) {
    const runs = alicesRuns(planned);
    const changes = Array.from(endings, (one) =>
      one === '.' ? {} : one === 'F' ? failing('lost-write') : unknown('budget-exhausted'),
    );
    return only(tally(zip(runs, changes), { planned: runs, stopping: DEFAULT_STOPPING }));
  }

  it('ends with the run that decides; what is beyond it is surplus and in no count', () => {
    const found = stoppedTally('F?FF..F', 40);
    expect(found.stopped).to.deep.equal({ decision: 'unacceptable', after: 3, surplus: 3 });
    expect(found).to.include({ planned: 4, runs: 4, passed: 0, failed: 3, unknown: 1 });
    expect(found).to.include({ word: 'broken' });
    expect(found.signatures[0]?.count).to.equal(3);
  });

  it('has an interval that holds although the runs have decided when to stop', () => {
    const { failureRate, rulesOut } = stoppedTally('.'.repeat(32), 40);
    expect(failureRate).to.include({ estimate: 0, low: 0, method: 'anytime-valid' });
    expect(failureRate.high).to.be.above(ruledOutRate(32));
    expect(rulesOut).to.equal(failureRate.high);
  });

  it('goes on where a run before the decision is missing or will be tried again', () => {
    expect(stoppedTally('F?F', 40)).not.to.have.property('stopped');
    const runs = alicesRuns(6);
    const records = runs.map((run, n) =>
      recordOf(run, n === 1 ? unknown('disturbed') : failing('lost-write')),
    );
    const stopping = DEFAULT_STOPPING;
    const open = only(tally(records, { planned: runs, stopping }));
    expect(open).not.to.have.property('stopped');
    expect(open).to.include({ planned: 6, runs: 6, failed: 5, word: 'undecided' });
    const again = recordOf(runs[1] ?? expect.fail(), { attempt: 1 });
    const ended = only(tally([...records, again], { planned: runs, stopping }));
    expect(ended.stopped).to.deep.equal({ decision: 'unacceptable', after: 5, surplus: 1 });
  });

  const words: [string, string, TallyWord][] = [
    ['.'.repeat(32), 'acceptable', 'solid'],
    [`F${'.'.repeat(56)}`, 'acceptable', 'flaky'],
    ['FFF', 'unacceptable', 'broken'],
    ['FF.FF', 'unacceptable', 'flaky'],
    ['.'.repeat(31), 'undecided', 'undecided'],
    ['F.F', 'undecided', 'undecided'],
    ['F.........', 'undecided', 'flaky'],
  ];
  for (const [endings, decision, word] of words) {
    it(`is ${decision} and ${word} after ${endings}`, () => {
      const { stopped, word: found } = stoppedTally(endings);
      expect([stopped?.decision, found]).to.deep.equal([decision, word]);
    });
  }

  const sentences: [string, string][] = [
    [
      '.'.repeat(32),
      '0 of 32 runs failed: a failure rate above 15.3 % is ruled out (95 %); ' +
        'called acceptable and ended after 32 usable runs',
    ],
    [
      'FFF.',
      'fails 3 of 3 runs (100 %, 95 % interval 25.0–100 %); ' +
        'called unacceptable and ended after 3 usable runs; 1 run beyond that not counted',
    ],
    [
      '..',
      '0 of 2 runs failed: a failure rate above 86.3 % is ruled out (95 %); ' +
        'still undecided after 2 usable runs',
    ],
  ];
  for (const [endings, sentence] of sentences) {
    it(`reads: ${sentence}`, () => {
      expect(describeTally(stoppedTally(endings))).to.equal(sentence);
    });
  }

  it('says how many runs there may still be', () => {
    expect(describeTally(stoppedTally('.', 40))).to.contain('; up to 39 planned runs not done');
  });
});

describe('a tally in words', () => {
  const sentences: [Parameters<typeof tallyOf>[0], string][] = [
    [{ pass: 97, fail: 3 }, 'fails 3 of 100 runs (3.0 %, 95 % interval 0.6–8.5 %)'],
    [{ pass: 100 }, '0 of 100 runs failed: a failure rate above 3.6 % is ruled out (95 %)'],
    [{ fail: 20 }, 'fails 20 of 20 runs (100 %, 95 % interval 83.2–100 %)'],
    [
      { pass: 19, fail: 1, unknown: 2, planned: 30 },
      'fails 1 of 20 runs (5.0 %, 95 % interval 0.1–24.9 %); ' +
        '2 unknown runs not counted (disturbed 2); 8 planned runs not done',
    ],
    [{ unknown: 1 }, 'none of 1 run can be judged; 1 unknown run not counted (disturbed 1)'],
    [{ planned: 5 }, 'no run has been done; 5 planned runs not done'],
  ];
  for (const [counts, sentence] of sentences) {
    it(`reads: ${sentence}`, () => {
      expect(describeTally(tallyOf(counts))).to.equal(sentence);
    });
  }

  it('never rounds a rate to 0 % or 100 % that is not', () => {
    const rates = [0, 0.0004, 0.0312, 0.5, 0.9996, 0.99999, 1];
    expect(rates.map(percent)).to.deep.equal([
      '0',
      '0.04',
      '3.1',
      '50.0',
      '99.96',
      '99.999',
      '100',
    ]);
  });
});

describe('the exit code', () => {
  const cases: [Parameters<typeof tallyOf>[0][], number][] = [
    [[{ pass: 3 }, { pass: 1 }], EXIT.passed],
    [[{ pass: 3 }, { pass: 1, fail: 1 }], EXIT.failed],
    [[{ unknown: 1 }, { pass: 1, fail: 1 }], EXIT.failed],
    [[{ pass: 3, unknown: 1 }, { pass: 1 }], EXIT.unknown],
    [[{ pass: 3, planned: 4 }], EXIT.unknown],
  ];
  for (const [counts, code] of cases) {
    it(`is ${code} for ${JSON.stringify(counts)}`, () => {
      expect(exitCode(counts.map(tallyOf))).to.equal(code);
    });
  }
});
