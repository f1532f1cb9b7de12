import { expect } from 'chai';
import { gradeSubmission, gradeUngradable } from '../../../grader/rubric/grade-submission.js';
import { type ScenarioGrade } from '../../../grader/rubric/grade.js';
import { gradedInterval } from '../../../grader/rubric/graded-interval.js';
import type { Rubric } from '../../../grader/rubric/rubric.js';
import { anytimeInterval } from '../../../grader/statistics/sequential/anytime-interval.js';
import { clopperPearson } from '../../../grader/statistics/clopper-pearson.js';
import type { ScenarioTally } from '../../../grader/tally/scenario-tally.js';
import { LINEAR, STEPS, alike, rubricOf, tallyOf } from './support.js';

const LOST = 'kv-forwarding / lost-acknowledged-write / append / after killed';

/** The grade of the only scenario, which is `a`, by this rubric. */
function only(rubric: Rubric, tally?: ScenarioTally): ScenarioGrade {
  const [part] = gradeSubmission(rubric, tally === undefined ? [] : [tally]).parts;
  return part?.scenarios[0] ?? expect.fail('there is no grade');
}

describe('the grade of a scenario', () => {
  const rubric = rubricOf([{ scenario: 'a' }]);

  it('has all points where the end of the interval that counts is within the bound', () => {
    // 3 of 100: the interval is 0.6 to 8.5 %, so 5 % lies within it.
    expect(only(rubric, tallyOf('a', 97, [alike(LOST, 3)]))).to.deep.equal({
      scenario: 'a',
      points: 10,
      maxPoints: 10,
      status: 'full',
      hidden: false,
      rule:
        '3 of 100 runs failed (95 % interval 0.6–8.5 %); the low end counts, and failing in up to ' +
        '5 % of the runs earns all points; the high end would earn 0 points',
      otherEndPoints: 0,
    });
  });

  it('has no points where even the low end is beyond the bound', () => {
    const grade = only(rubric, tallyOf('a', 70, [alike(LOST, 30)]));
    expect(grade)
      .to.include({ points: 0, status: 'none' })
      .and.not.to.have.property('otherEndPoints');
    expect(grade.rule).to.match(/^30 of 100 .* failing in more than 5 % of the runs earns none$/);
  });

  it('gives only what is proven where the high end counts', () => {
    const strict = rubricOf([{ scenario: 'a' }], { gradedEnd: 'high' });
    expect(only(strict, tallyOf('a', 100))).to.include({ points: 10, status: 'full' });
    expect(only(strict, tallyOf('a', 50))).to.include({ points: 0, otherEndPoints: 10 });
  });

  it('is for staff to look at where the interval straddles a step, if the rubric says so', () => {
    const careful = rubricOf([{ scenario: 'a' }], { straddle: 'review' });
    const grade = only(careful, tallyOf('a', 97, [alike(LOST, 3)]));
    expect(grade).to.include({ points: 10, status: 'review', otherEndPoints: 0 });
    expect(grade.rule).to.match(/the high end would earn 0 points, so staff look at it$/);
    const sloping = rubricOf([{ scenario: 'a', policy: LINEAR }], { straddle: 'review' });
    expect(only(sloping, tallyOf('a', 97, [alike(LOST, 3)])).status).to.equal('partial');
  });

  it('is rounded once, half up, to 2 digits', () => {
    const grade = only(
      rubricOf([{ scenario: 'a', policy: LINEAR }]),
      tallyOf('a', 70, [alike(LOST, 30)]),
    );
    // The low end of 30 of 100 is 21.2406 %.
    expect(grade).to.include({ points: 5.75, status: 'partial' });
    expect(grade.rule).to.contain(
      '57.5 % of the points are earned: all points at 0 %, falling in proportion to none at 50 %',
    );
  });

  it('tells the step that was reached', () => {
    const grade = only(
      rubricOf([{ scenario: 'a', policy: STEPS }]),
      tallyOf('a', 95, [alike(LOST, 5)]),
    );
    expect(grade).to.include({ points: 5, status: 'partial' });
    expect(grade.rule).to.contain('failing in up to 10 % of the runs earns 50 % of the points');
  });

  it('uses the confidence of the rubric', () => {
    const tally = tallyOf('a', 88, [alike(LOST, 12)]);
    // 95 %: from 6.4 %; 99.9 %: from 3.8 %.
    expect(only(rubric, tally).points).to.equal(0);
    const sure = only(rubricOf([{ scenario: 'a' }], { confidence: 0.999 }), tally);
    expect(sure.points).to.equal(10);
    expect(sure.rule).to.contain('99.9 % interval');
  });
});

describe('a scenario of which few runs could be judged', () => {
  it('earns what it would if the others had failed, and is for staff to decide', () => {
    const evaded = tallyOf('a', 49, [], { 'fault-never-bit': 51 });
    const grade = only(rubricOf([{ scenario: 'a', policy: LINEAR }]), evaded);
    // The low end of 51 of 100 is 40.8 %.
    expect(grade).to.include({ points: 1.84, pointsIfLeftOut: 10, status: 'review' });
    expect(grade.rule).to.match(
      /^none of 49 runs failed .*; 51 of 100 planned runs could not be judged or were not done, so staff decide: 1.84 points for now, as if they had failed; without them 10 points \(the low end counts, and all points are earned: .*\); only 49 of 100 runs could be judged, so staff look at it$/,
    );
  });

  it('is so while runs are missing', () => {
    const begun = { ...tallyOf('a', 10), planned: 100 };
    const grade = only(rubricOf([{ scenario: 'a' }]), begun);
    expect(grade).to.include({ points: 0, pointsIfLeftOut: 10, status: 'review' });
  });

  it('is decided where the others would change nothing', () => {
    // The low end of 2 of 100 is 0.2 %, that of 98 of 100 is 93 %.
    const disturbed = { disturbed: 2 };
    const good = only(rubricOf([{ scenario: 'a' }]), tallyOf('a', 98, [], disturbed));
    expect(good).to.include({ points: 10, status: 'full' });
    expect(good).not.to.have.property('pointsIfLeftOut');
    const bad = only(rubricOf([{ scenario: 'a' }]), tallyOf('a', 2, [alike(LOST, 96)], disturbed));
    expect(bad).to.include({ points: 0, status: 'none' });
  });
});

describe('a scenario that was planned to run less than ten times', () => {
  const rubric = rubricOf([{ scenario: 'a', policy: LINEAR }]);

  it('is graded by the rate that was seen, and staff decide', () => {
    const grade = only(rubric, tallyOf('a', 3, [alike(LOST, 1)]));
    expect(grade).to.include({ points: 5, status: 'review' });
    expect(grade.rule).to.equal(
      '1 of 4 runs failed (95 % interval 0.6–80.6 %); with so few runs the rate itself counts, and 50 % of the ' +
        'points are earned: all points at 0 %, falling in proportion to none at 50 %; fewer than 10 runs are too few to know',
    );
  });

  it('is undecided also where what was seen earns nothing', () => {
    // One of three may be one in a hundred: the low end of its interval is 0.8 %.
    for (const policy of [LINEAR, { kind: 'linear', fullAtMost: 0.01, noneFrom: 0.2 } as const]) {
      const grade = only(rubricOf([{ scenario: 'a', policy }]), tallyOf('a', 2, [alike(LOST, 1)]));
      expect(grade.status).to.equal('review');
    }
  });

  it('earns nothing where no run passed', () => {
    for (const runs of [1, 2, 3, 9]) {
      const grade = only(rubric, tallyOf('a', 0, [alike(LOST, runs)]));
      expect(grade).to.include({ points: 0, status: 'none' });
      expect(grade.rule).to.match(/; no run passed, so no points$/);
    }
  });
});

describe('the grade by a decision', () => {
  const stopping = { acceptable: 0.01, unacceptable: 0.1, falseAlarm: 0.001, miss: 0.05 };
  const policy = { kind: 'decision', undecided: 0.5 } as const;
  const rubric = rubricOf([{ scenario: 'a', policy }], { stopping, straddle: 'review' });

  it('has all points where the test finds the failure rate acceptable', () => {
    const grade = only(rubric, tallyOf('a', 32));
    expect(grade).to.include({ points: 10, status: 'full' });
    expect(grade.rule).to.match(
      /; the test of at most 1 % against at least 10 % finds that acceptable, which earns all points$/,
    );
  });

  it('has none where it does not, though the low end of the interval is low', () => {
    const grade = only(rubric, tallyOf('a', 7, [alike(LOST, 4)]));
    expect(grade).to.include({ points: 0, status: 'none' });
    expect(grade.rule).to.match(/finds that unacceptable, which earns no points$/);
  });

  it('has the share of the undecided as long as nothing is decided, and staff look at it', () => {
    const grade = only(rubric, tallyOf('a', 31));
    expect(grade).to.include({ points: 5, status: 'review' });
    expect(grade.rule).to.match(
      /has not decided, which earns 50 % of the points, so staff look at it$/,
    );
    expect(only({ ...rubric, straddle: 'keep' }, tallyOf('a', 31)).status).to.equal('partial');
  });

  it('counts failures that are charged elsewhere as passes', () => {
    const both = rubricOf(
      [
        { scenario: 'a', policy },
        { scenario: 'b', policy },
      ],
      { stopping, chargeOnce: ['kv-forwarding / *'] },
    );
    const failing = ['a', 'b'].map((id) => tallyOf(id, 7, [alike(LOST, 4)]));
    const [part] = gradeSubmission(both, failing).parts;
    // Seven passes and four that count as passes decide nothing.
    expect(part?.scenarios.map(({ points }) => points)).to.deep.equal([0, 5]);
  });
});

describe('the interval that is graded', () => {
  const tally = tallyOf('a', 60, [alike(LOST, 6)]);
  const stopped = {
    ...tally,
    failureRate: {
      ...tally.failureRate,
      ...anytimeInterval(6, 66),
      method: 'anytime-valid' as const,
    },
  };

  it('is that of the tally, whatever its method', () => {
    const { low, high } = stopped.failureRate;
    expect(gradedInterval(stopped, 6, 0.95)).to.deep.equal({ low, high });
  });

  it('is computed anew by the same method for another confidence, or fewer failures', () => {
    expect(gradedInterval(tally, 6, 0.9)).to.deep.equal(clopperPearson(6, 66, 0.9));
    expect(gradedInterval(tally, 2, 0.95)).to.deep.equal(clopperPearson(2, 66));
    expect(gradedInterval(stopped, 6, 0.9)).to.deep.equal(anytimeInterval(6, 66, 0.9));
    expect(gradedInterval(stopped, 2, 0.95)).to.deep.equal(anytimeInterval(2, 66));
  });

  it('rises with every failure, so that failing more never earns more', () => {
    for (const one of [tally, stopped]) {
      for (let charged = 1; charged <= 66; charged += 1) {
        const [less, more] = [charged - 1, charged].map((failed) =>
          gradedInterval(one, failed, 0.9),
        );
        expect(more?.low).to.be.at.least(less?.low ?? NaN);
        expect(more?.high).to.be.at.least(less?.high ?? NaN);
      }
    }
  });
});

describe('a scenario that cannot be judged', () => {
  const disturbed = tallyOf('a', 0, [], { disturbed: 20 });
  const avoided = tallyOf('a', 0, [], { 'fault-never-bit': 20 });

  it('earns what the rubric says', () => {
    const by = (unjudged: Rubric['unjudged'], tally?: ScenarioTally) => {
      const { points, status } = only(rubricOf([{ scenario: 'a' }], { unjudged }), tally);
      return [points, status];
    };
    expect(by('none', disturbed)).to.deep.equal([0, 'none']);
    expect(by('review', disturbed)).to.deep.equal([0, 'review']);
  });

  it('is for staff to look at where the submission keeps out of the way of faults', () => {
    for (const unjudged of ['none', 'review'] as const) {
      const grade = only(rubricOf([{ scenario: 'a' }], { unjudged }), avoided);
      expect(grade.status).to.equal('review');
      expect(grade.rule).to.match(/^the tested situation occurred in none of 20 runs/);
    }
  });

  it('is for staff to look at where only some runs may be the doing of the submission', () => {
    const mixed = tallyOf('a', 0, [], { 'fault-never-bit': 19, disturbed: 1 });
    const slow = tallyOf('a', 0, [], { 'budget-exhausted': 20 });
    for (const tally of [mixed, slow]) {
      const { points, status } = only(rubricOf([{ scenario: 'a' }], { unjudged: 'none' }), tally);
      expect({ points, status }).to.deep.equal({ points: 0, status: 'review' });
    }
  });

  it('is for staff to look at where no run was done', () => {
    const grade = only(rubricOf([{ scenario: 'a' }], { unjudged: 'none' }), tallyOf('a', 0));
    expect(grade).to.include({ points: 0, status: 'review' });
    expect(grade.rule).to.equal('no run has been done; it earns no points; staff look at it');
  });

  it('earns nothing yet where no run of it was planned, and counts in the maximum', () => {
    const grade = only(rubricOf([{ scenario: 'a' }]));
    expect(grade).to.include({ points: 0, maxPoints: 10, status: 'review' });
    expect(grade.rule).to.match(/^it was not run in this grading, so it has no points yet/);
  });

  it('tells why', () => {
    const { rule } = only(rubricOf([{ scenario: 'a' }]), disturbed);
    expect(rule).to.equal(
      'none of 20 runs can be judged (disturbed 20); no points yet; staff look at it',
    );
  });
});

describe('the grade of a submission', () => {
  it('adds up by parts', () => {
    const scenario = (id: string, points: number) => ({
      scenario: id,
      points,
      policy: LINEAR,
      hidden: false,
    });
    const rubric = rubricOf([], {
      parts: [
        { name: 'A', scenarios: [scenario('a', 0.1), scenario('b', 0.2)] },
        { name: 'B', scenarios: [scenario('c', 0.7)] },
      ],
    });
    const grade = gradeSubmission(
      rubric,
      ['a', 'b', 'c'].map((id) => tallyOf(id, 10)),
    );
    expect(grade).to.include({ points: 1, maxPoints: 1 });
    expect(grade.parts.map(({ points }) => points)).to.deep.equal([0.3, 0.7]);
  });

  it('is no better for operations that the submission does not offer', () => {
    const rubric = rubricOf([{ scenario: 'a' }, { scenario: 'b' }], { unjudged: 'none' });
    const grade = gradeSubmission(rubric, [tallyOf('a', 10)], ['b']);
    expect(grade).to.include({ points: 10, maxPoints: 20 });
    expect(grade.parts[0]?.scenarios[1]).to.include({ points: 0, maxPoints: 10, status: 'review' });
    expect(grade.parts[0]?.scenarios[1]?.rule).to.contain(
      'operations that the submission does not offer',
    );
  });

  it('is nothing where nothing could be run, whatever is done with what is unjudged', () => {
    const rubric = rubricOf([{ scenario: 'a' }], { unjudged: 'none' });
    const grade = gradeUngradable(rubric, 'there is no package viewservice in it.');
    expect(grade).to.include({ points: 0, maxPoints: 10 });
    expect(grade.parts[0]?.scenarios[0]).to.include({
      status: 'none',
      rule: 'nothing of the submission can be graded: there is no package viewservice in it',
    });
  });

  it('takes no notice of scenarios that the rubric does not have', () => {
    const rubric = rubricOf([{ scenario: 'a' }]);
    const grade = gradeSubmission(rubric, [tallyOf('a', 10), tallyOf('z', 0, [alike(LOST, 10)])]);
    expect(grade).to.include({ points: 10, maxPoints: 10 });
  });
});
