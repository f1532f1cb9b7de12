import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { PLAN_FILE, readPlan, writePlan } from '../../../grader/plan/plan-file.js';
import { countPlannedRuns, distinctNames } from '../../../grader/plan/plan.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import { UsageError, deriveSeed } from '../../../harness/index.js';
import { planOf, withControl, withFolder } from '../support.js';

const plan = planOf(['alice', 'bob'], ['append', 'put'], 2);

describe('the runs of a plan', () => {
  it('are interleaved: repetition first, then scenario, then submission', () => {
    expect(plannedRuns(plan).map(({ key }) => key)).to.deep.equal([
      'alice/append/0',
      'bob/append/0',
      'alice/put/0',
      'bob/put/0',
      'alice/append/1',
      'bob/append/1',
      'alice/put/1',
      'bob/put/1',
    ]);
  });

  it('have the same seed for every submission and another for everything else', () => {
    const runs = plannedRuns(plan);
    expect(runs[0]?.seed).to.equal(deriveSeed('golden', 'append', 0));
    expect(runs[1]?.seed).to.equal(runs[0]?.seed);
    expect(new Set(runs.map(({ seed }) => seed)).size).to.equal(4);
  });

  it('leave out the scenarios that a submission does not run', () => {
    const submissions = plan.submissions.map((one) =>
      one.name === 'bob' ? { ...one, leftOut: ['append'] } : one,
    );
    const some = { ...plan, runsPerScenario: 1, submissions };
    const keys = plannedRuns(some).map(({ key }) => key);
    expect(countPlannedRuns(some)).to.equal(3);
    expect(keys).to.deep.equal(['alice/append/0', 'alice/put/0', 'bob/put/0']);
  });

  it('are the same whenever they are asked for', () => {
    expect(plannedRuns(plan)).to.deep.equal(plannedRuns(structuredClone(plan)));
  });
});

describe('distinct names', () => {
  it('are numbered where they are equal, ignoring case', () => {
    expect(distinctNames(['alice', 'alice', 'Alice', 'bob'])).to.deep.equal([
      'alice',
      'alice-2',
      'Alice-3',
      'bob',
    ]);
  });

  it('stay distinct when a number is taken already', () => {
    expect(distinctNames(['a-2', 'a', 'a'])).to.deep.equal(['a-2', 'a', 'a-3']);
  });

  it('are made safe as names of folders', () => {
    const names = ['../../etc', 'mutant:no-filter', '', '.hidden', 'a/b', 'żółw\u0000'];
    expect(distinctNames(names)).to.deep.equal([
      'etc',
      'mutant-no-filter',
      'submission',
      'hidden',
      'a-b',
      'żółw-',
    ]);
  });

  it('are distinct and safe whatever was given', function () {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 3 })), (given) => {
        const names = distinctNames(given);
        expect(new Set(names.map((name) => name.toLowerCase())).size).to.equal(given.length);
        for (const name of names) expect(name).to.match(/^[^./\p{Cc}][^/\p{Cc}]*$/u);
      }),
    );
  });
});

describe('the plan file', () => {
  it('gives back the plan', () =>
    withFolder(async (folder) => {
      const versioned = { ...plan, scenarios: [{ id: 'append', version: '2' }] };
      await writePlan(folder, versioned);
      expect(readPlan(folder)).to.deep.equal(versioned);
      expect(readdirSync(folder)).to.deep.equal([PLAN_FILE]);
    }));

  it('keeps what a calibration has besides', () =>
    withFolder(async (folder) => {
      const calibration = { closeRuns: 50, expected: { 'mutant:sure': ['append'] } };
      await writePlan(folder, { ...plan, calibration });
      expect(readPlan(folder)).to.deep.equal({ ...plan, calibration });
    }));

  it('keeps what a grading has besides', () =>
    withFolder(async (folder) => {
      const grading = { ...withControl(plan), stopping: DEFAULT_STOPPING, replays: 5 };
      await writePlan(folder, grading);
      expect(readPlan(folder)).to.deep.equal(grading);
    }));

  it('is never written over another', () =>
    withFolder(async (folder) => {
      await writePlan(folder, plan);
      const before = readFileSync(join(folder, PLAN_FILE), 'utf8');
      const error = await writePlan(folder, planOf(['eve'], ['put'], 1)).catch(
        (reason: unknown) => reason,
      );
      expect(error)
        .to.be.instanceOf(UsageError)
        .with.property('message')
        .that.contains(`already contains a grading; continue it with \`pblab resume ${folder}\``);
      expect(readFileSync(join(folder, PLAN_FILE), 'utf8')).to.equal(before);
    }));

  it('is asked for in plain words where there is none', () =>
    withFolder((folder) => {
      expect(() => readPlan(folder)).to.throw(UsageError, 'does not contain a grading');
    }));

  const broken: [string, string, string][] = [
    ['is empty', '', 'is not JSON: got an empty file, expected a plan in the format pblab/plan/1'],
    ['is not JSON', 'format: x', 'is not JSON: got text that starts "format: x"'],
    ['is something else', '[]', 'the whole: got [], expected object'],
    [
      'is of another format',
      JSON.stringify({ ...plan, format: 'pblab/plan/9' }),
      'format: got "pblab/plan/9", expected "pblab/plan/1"',
    ],
    [
      'has text for a number',
      JSON.stringify({ ...plan, runsPerScenario: 'x' }),
      'runsPerScenario: got "x", expected number',
    ],
    [
      'plans nothing',
      JSON.stringify({ ...plan, runsPerScenario: 0 }),
      'runsPerScenario: got 0, expected',
    ],
    [
      'lacks a digest',
      JSON.stringify({ ...plan, submissions: [{ name: 'alice', spec: '.' }] }),
      'submissions.0.digest: got nothing, expected string',
    ],
    [
      'leads out of its folder',
      JSON.stringify({ ...plan, submissions: [{ name: '../x', spec: '.', digest: 'd' }] }),
      'submissions.0.name: got "../x", expected a name without a slash',
    ],
    [
      'gives a submission the name of the control arm',
      JSON.stringify({ ...plan, control: { submission: plan.submissions[0], oneIn: 20 } }),
      'control.submission.name: got "alice", expected a name that no submission has',
    ],
    [
      'accepts a rate that it does not accept',
      JSON.stringify({ ...plan, stopping: { ...DEFAULT_STOPPING, acceptable: 0.1 } }),
      'expected an acceptable rate below the other one',
    ],
    [
      'has a scenario twice',
      JSON.stringify({ ...plan, scenarios: [{ id: 'put' }, { id: 'put' }] }),
      'scenarios: got [{"id":"put"},{"id":"put"}], expected distinct ids',
    ],
  ];
  for (const [title, content, message] of broken) {
    it(`is refused when it ${title}, saying where and why`, () =>
      withFolder((folder) => {
        writeFileSync(join(folder, PLAN_FILE), content);
        expect(() => readPlan(folder)).to.throw(UsageError, message);
        expect(() => readPlan(folder)).to.throw(UsageError, join(folder, PLAN_FILE));
      }));
  }
});
