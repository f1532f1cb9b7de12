import { expect } from 'chai';
import { choosePassingRuns } from '../../../grader/campaign/passing-runs.js';
import type { PlannedRun } from '../../../grader/plan/plan.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { failing, planOf, recordOf } from '../support.js';

const RUNS = plannedRuns(planOf(['alice', 'control'], ['put', 'get'], 5));

/** Run so many of alice or of the control arm in a scenario. */
function run(submission: string, scenario: string, index: number): PlannedRun {
  const key = `${submission}/${scenario}/${index}`;
  return RUNS.find((one) => one.key === key) ?? expect.fail(`no run ${key}`);
}

const WHOLE = { keptWhole: true, artifacts: 'evidence/x' } as const;

describe('the passing runs that keep their evidence', () => {
  it('are the first after a failure of the same scenario on the same submission', () => {
    const passes = choosePassingRuns([], 'control');
    expect(passes.wants(run('alice', 'put', 0))).to.be.false;
    passes.ended(recordOf(run('alice', 'put', 0), failing('lost')));
    expect(passes.wants(run('alice', 'get', 0))).to.be.false;
    expect(passes.wants(run('alice', 'put', 1))).to.be.true;
    passes.ended(recordOf(run('alice', 'put', 1), WHOLE));
    expect(passes.wants(run('alice', 'put', 2))).to.be.false;
  });

  it('are asked for one at a time, and again after one that failed, too', () => {
    const passes = choosePassingRuns(
      [recordOf(run('alice', 'put', 0), failing('lost'))],
      undefined,
    );
    expect(passes.wants(run('alice', 'put', 1))).to.be.true;
    expect(passes.wants(run('alice', 'put', 2))).to.be.false;
    passes.ended(recordOf(run('alice', 'put', 1), failing('lost')));
    expect(passes.wants(run('alice', 'put', 3))).to.be.true;
  });

  it('are the first of each scenario in the control arm, without a failure', () => {
    const passes = choosePassingRuns([], 'control');
    const wants = ['put', 'put', 'get'].map((scenario) =>
      passes.wants(run('control', scenario, 0)),
    );
    expect(wants).to.deep.equal([true, false, true]);
  });

  it('are not kept twice where a grading is taken up again', () => {
    const earlier = [
      recordOf(run('alice', 'put', 0), failing('lost')),
      recordOf(run('alice', 'put', 1), WHOLE),
      recordOf(run('control', 'get', 0), WHOLE),
    ];
    const passes = choosePassingRuns(earlier, 'control');
    expect(passes.wants(run('alice', 'put', 2))).to.be.false;
    expect(passes.wants(run('control', 'get', 1))).to.be.false;
  });
});
