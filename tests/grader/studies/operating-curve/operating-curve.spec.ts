import { expect } from 'chai';
import type { Calibration } from '../../../../grader/measured/calibration.js';
import { buildOperatingCurve } from '../../../../grader/studies/operating-curve/build-operating-curve.js';
import { outcomes } from '../../../../grader/studies/operating-curve/design.js';
import { failureBounds } from '../../../../grader/studies/operating-curve/failure-bounds.js';
import { graderOf } from '../../../../grader/studies/operating-curve/grades.js';
import type { OperatingCurve } from '../../../../grader/studies/operating-curve/operating-curve.js';
import { runsForFewStraddles } from '../../../../grader/studies/operating-curve/straddling.js';
import { renderOperatingCurve } from '../../../../grader/views/terminal/operating-curve-terminal.js';
import { gradeSubmission } from '../../../../grader/rubric/grade-submission.js';
import { decide } from '../../../../grader/statistics/sequential/wald-test.js';
import { binomial, binomialAtMost } from '../../../../grader/statistics/binomial.js';
import { expectGolden } from '../../golden.js';
import { ALL_OR_NOTHING, LINEAR, STEPS, alike, rubricOf, tallyOf } from '../../rubric/support.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const MIXED = rubricOf(
  [
    { scenario: 'primary-failure', points: 20 },
    { scenario: 'second-failover', points: 10 },
    { scenario: 'concurrent-appends', points: 30, policy: LINEAR },
    { scenario: 'repeated-crash', points: 40, policy: STEPS },
  ],
  { title: 'Lab 2: primary/backup key/value service', straddle: 'review' },
);

/** A calibration with so many runs and false alarms of the reference by scenario. */
function calibrationOf(row: Record<string, [failed: number, usable: number]>): Calibration {
  return {
    format: 'pblab/calibration/1',
    kit: '0.1.0',
    createdAt: '2026-01-02T03:04:05.000Z',
    seed: 'golden',
    machine: { cpus: 2, node: 'v20', platform: 'linux-x64' },
    screenRuns: 1,
    closeRuns: 100,
    undoneRuns: 0,
    reference: {
      digest: 'd'.repeat(32),
      cells: Object.entries(row).map(([scenario, [failed, usable]]) => ({
        scenario,
        closely: true,
        planned: usable,
        passed: usable - failed,
        failed,
        unknown: 0,
      })),
    },
    mutants: [],
    scenarios: [],
  };
}

const CALIBRATION = calibrationOf({
  'primary-failure': [0, 400],
  'second-failover': [1, 400],
  'concurrent-appends': [0, 400],
  'many-keys': [400, 400],
});

const CURVE = buildOperatingCurve(MIXED, 100, CALIBRATION);

/** The chance of each number of points of a scenario, by trying all sequences of passes and failures. */
function byAllSequences(runs: number, rate: number, pointsFor: (failures: number) => number) {
  const chances = new Map<number, number>();
  for (let sequence = 0; sequence < 2 ** runs; sequence += 1) {
    const failures = sequence.toString(2).replaceAll('0', '').length;
    const probability = rate ** failures * (1 - rate) ** (runs - failures);
    const points = pointsFor(failures);
    chances.set(points, (chances.get(points) ?? 0) + probability);
  }
  return chances;
}

describe('the operating curve of a rubric', () => {
  for (const gradedEnd of ['low', 'high'] as const) {
    for (const policy of [ALL_OR_NOTHING, LINEAR, STEPS]) {
      it(`has the chances that all sequences of runs have, ${policy.kind} by the ${gradedEnd} end`, () => {
        const [runs, rate] = [9, 0.3];
        const rubric = rubricOf([{ scenario: 'a', points: 100, policy }], { gradedEnd });
        const pointsFor = (failures: number) =>
          gradeSubmission(rubric, [tallyOf('a', runs - failures, [alike('x', failures)])]).points;
        const expected = byAllSequences(runs, rate, pointsFor);
        const { shares, meanShare } = graderOf({ runs, confidence: 0.95 }, gradedEnd)(policy, rate);
        for (const [points, probability] of expected) {
          const found = shares.filter(({ share }) => Math.abs(share * 100 - points) < 0.006);
          expect(found[0]?.probability, `${points} points`).to.be.closeTo(probability, 1e-12);
        }
        const mean = [...expected].reduce((sum, [points, chance]) => sum + points * chance, 0);
        expect(meanShare * 100).to.be.closeTo(mean, 0.006);
      });
    }
  }

  it('has the chances that all sequences of runs have, with sequential stopping', () => {
    const [runs, rate] = [12, 0.3];
    const stopping = { acceptable: 0.05, unacceptable: 0.5, falseAlarm: 0.05, miss: 0.1 };
    const endOf = (sequence: string) => {
      const seen = { failures: 0, passes: 0 };
      for (const bit of sequence.split('')) {
        if (decide(stopping, seen.failures, seen.passes) !== undefined) break;
        seen[bit === '1' ? 'failures' : 'passes'] += 1;
      }
      return `${seen.failures}/${seen.failures + seen.passes}`;
    };
    const expected = new Map<string, number>();
    for (let number = 0; number < 2 ** runs; number += 1) {
      const sequence = number.toString(2).padStart(runs, '0');
      const failures = sequence.replaceAll('0', '').length;
      const probability = rate ** failures * (1 - rate) ** (runs - failures);
      expected.set(endOf(sequence), (expected.get(endOf(sequence)) ?? 0) + probability);
    }
    const found = outcomes({ runs, stopping, confidence: 0.95 }, rate);
    expect(found.length).to.equal(expected.size);
    for (const { failures, runs: after, probability } of found) {
      expect(probability).to.be.closeTo(expected.get(`${failures}/${after}`) ?? NaN, 1e-12);
    }
  });

  it('adds up to certainty at every rate', () => {
    const { policies } = CURVE;
    for (const { allPoints, somePoints, noPoints } of policies.flatMap(({ rates }) => rates)) {
      expect(allPoints + somePoints + noPoints).to.be.closeTo(1, 1e-9);
    }
  });

  it('tells how many failures earn how much', () => {
    const pointsFor = (failures: number) =>
      gradeSubmission(MIXED, [tallyOf('primary-failure', 100 - failures, [alike('x', failures)])])
        .parts[0]?.scenarios[0]?.points;
    const { allUpTo, noneFrom } = CURVE.policies[0]?.byFailures ?? {};
    expect([allUpTo, noneFrom]).to.deep.equal([10, 11]);
    expect([pointsFor(10), pointsFor(11)]).to.deep.equal([20, 0]);
    expect(failureBounds(ALL_OR_NOTHING, 'high', 10, 0.95)).to.deep.equal({
      allUpTo: null,
      noneFrom: 0,
    });
    const lenient = { kind: 'steps', steps: [{ atMost: 1, share: 0.5 }] } as const;
    expect(failureBounds(lenient, 'low', 10, 0.95)).to.deep.equal({
      allUpTo: null,
      noneFrom: 10,
    });
  });

  it('tells from how many runs on few intervals straddle a step', () => {
    const runsFor = runsForFewStraddles(STEPS, 0.95);
    const straddling = (runs: number, rate: number) =>
      graderOf({ runs, confidence: 0.95 }, 'low')(STEPS, rate).straddling;
    for (const [rate, least, before] of [
      [0, 400, 300],
      [0.03, 700, 500],
      [0.2, 200, 150],
    ] as const) {
      expect(runsFor(rate)).to.equal(least);
      expect(straddling(least, rate)).to.be.below(0.05);
      expect(straddling(before, rate)).to.be.at.least(0.05);
    }
    expect(runsFor(0.1)).to.equal(null);
  });

  it('multiplies and adds for the whole rubric', () => {
    const { whole, policies } = CURVE;
    const at = (index: number) => policies.map(({ rates }) => rates[index]);
    const three = whole.findIndex(({ rate }) => rate === 0.03);
    const [bound, line, steps] = at(three);
    expect(whole[three]?.meanPoints).to.be.closeTo(
      30 * (bound?.meanShare ?? NaN) +
        30 * (line?.meanShare ?? NaN) +
        40 * (steps?.meanShare ?? NaN),
      1e-9,
    );
    expect(whole[three]?.allPoints).to.be.closeTo(
      (bound?.allPoints ?? NaN) ** 2 * (line?.allPoints ?? NaN) * (steps?.allPoints ?? NaN),
      1e-12,
    );
    expect(whole[0]).to.include({ meanPoints: 100, allPoints: 1 });
  });
});

describe('the cost of false alarms', () => {
  const { falseAlarms: cost } = CURVE;

  it('counts the runs of the reference in the scenarios of the rubric', () => {
    expect(cost).to.include({ runs: 1200, falseAlarms: 1 });
    expect(cost?.uncalibrated).to.deep.equal(['repeated-crash']);
  });

  it('is what these rates cost on average, and more where less is ruled out', () => {
    const grade = graderOf({ runs: 100, confidence: 0.95 }, 'low');
    const second = 10 * (1 - grade(ALL_OR_NOTHING, 1 / 400).meanShare);
    expect(cost?.measured).to.be.closeTo(second, 1e-12);
    // 1 of 1200, and 1 of 400.
    expect(cost?.rate).to.be.closeTo(0.00463, 1e-5);
    expect(cost?.highestRate).to.be.closeTo(0.01385, 1e-5);
    expect(cost?.atRate).to.be.above(cost?.measured ?? NaN);
    expect(cost?.atOwnRates).to.be.above(cost?.atRate ?? NaN);
  });

  it('is not known without a calibration, and the advice says so', () => {
    const { falseAlarms, advice } = buildOperatingCurve(MIXED, 10, undefined);
    expect(falseAlarms).to.equal(undefined);
    expect(advice.join('\n')).to.match(/not calibrated/);
  });
});

describe('the advice on a rubric', () => {
  const adviceFor = (changes: Parameters<typeof rubricOf>[1], runs: number) =>
    buildOperatingCurve(rubricOf([{ scenario: 'a' }], changes), runs, CALIBRATION).advice.join(
      '\n',
    );

  it('warns of points that nobody can earn', () => {
    expect(adviceFor({ gradedEnd: 'high' }, 50)).to.match(
      /With 50 runs, no submission can earn all points in a, even if it never fails; that takes 72 runs/,
    );
    expect(adviceFor({ gradedEnd: 'high' }, 72)).to.not.match(/no submission can earn/);
  });

  it('warns of bounds that a single failure breaks', () => {
    const strict = rubricOf([{ scenario: 'a', policy: { kind: 'all-or-nothing', atMost: 0 } }]);
    const { advice } = buildOperatingCurve(strict, 100, CALIBRATION);
    expect(advice.join('\n')).to.match(/A single failure in 100 runs costs points in a/);
  });

  it('warns of what is unacceptable and earns much all the same, because its runs stop early', () => {
    const stopping = { acceptable: 0.01, unacceptable: 0.1, falseAlarm: 0.001, miss: 0.05 };
    expect(adviceFor({ stopping }, 208)).to.match(
      /truly fails in 10 % of its runs, which is unacceptable, still earns 97\.4 % of the points in a/,
    );
    const strict = { kind: 'all-or-nothing', atMost: 0.01 } as const;
    const rubric = rubricOf([{ scenario: 'a', policy: strict }], { stopping });
    const { advice, policies } = buildOperatingCurve(rubric, 208, CALIBRATION);
    expect(advice.join('\n')).to.not.match(/unacceptable/);
    expect(policies[0]).to.not.have.property('byFailures');
    expect(policies[0]?.rates[0]?.meanRuns).to.be.closeTo(32, 1e-9);
  });

  it('has nothing to warn of where the decision itself is graded', () => {
    const stopping = { acceptable: 0.01, unacceptable: 0.1, falseAlarm: 0.001, miss: 0.05 };
    const policy = { kind: 'decision', undecided: 0.5 } as const;
    const rubric = rubricOf([{ scenario: 'a', policy }], { stopping, straddle: 'review' });
    const { advice, policies } = buildOperatingCurve(rubric, 208, CALIBRATION);
    expect(advice.join('\n')).to.not.match(/points|straddle/);
    const at = (rate: number) => policies[0]?.rates.find((one) => one.rate === rate);
    expect(at(0)?.allPoints).to.be.closeTo(1, 1e-9);
    expect(at(0.01)?.noPoints).to.be.at.most(stopping.falseAlarm);
    expect(at(0.1)?.meanShare).to.be.at.most(stopping.miss);
    const few = buildOperatingCurve(rubric, 31, CALIBRATION);
    expect(few.advice.join('\n')).to.contain(
      'With at most 31 runs the test cannot find any submission acceptable in a; it takes more runs.',
    );
    expect(renderOperatingCurve(cleaned(few), { width: 100 })).to.match(
      /of each scenario; where nothing is/,
    );
  });

  it('tells how many runs keep those who never fail off the desks of staff', () => {
    expect(adviceFor({ straddle: 'review' }, 50)).to.match(
      /even submissions that never fail straddle a step in a, so staff would have to look at all of them; with 80 they do not/,
    );
    expect(adviceFor({ straddle: 'review' }, 80)).to.not.match(/never fail straddle/);
  });
});

describe('the operating curve on a terminal', () => {
  const text = (curve: OperatingCurve, width: number) =>
    renderOperatingCurve(cleaned(curve), { width });

  it('answers at once how likely a true rate gets all points', () => {
    expectGolden('operating-curve.txt', text(CURVE, 100));
  });

  it('fits a narrow one', () => {
    const steps = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4].map((share, index) => ({
      atMost: (index + 1) / 100,
      share,
    }));
    const many = rubricOf([{ scenario: 'a', policy: { kind: 'steps', steps } }, { scenario: 'b' }]);
    for (const line of text(buildOperatingCurve(many, 100, CALIBRATION), 72).split('\n')) {
      expect(line.length, line).to.be.at.most(72);
    }
  });
});

describe('the binomial distribution', () => {
  it('agrees with known values', () => {
    expect(binomial(3, 10, 0.5)).to.be.closeTo(120 / 1024, 1e-14);
    expect(binomial(0, 100, 0.03)).to.be.closeTo(0.97 ** 100, 1e-14);
    expect([binomial(0, 5, 0), binomial(1, 5, 0), binomial(5, 5, 1)]).to.deep.equal([1, 0, 1]);
  });

  it('adds up', () => {
    const sum = [0, 1, 2, 3, 4].reduce((total, k) => total + binomial(k, 200, 0.02), 0);
    expect(binomialAtMost(4, 200, 0.02)).to.be.closeTo(sum, 1e-12);
    expect([binomialAtMost(-1, 5, 0.5), binomialAtMost(5, 5, 0.5)]).to.deep.equal([0, 1]);
    expect([binomialAtMost(0, 5, 0), binomialAtMost(4, 5, 1)]).to.deep.equal([1, 0]);
  });

  it('refuses counts that cannot be', () => {
    expect(() => binomial(3, 2, 0.5)).to.throw(RangeError);
  });
});
