import { expect } from 'chai';
import { controlCells, controlRuns } from '../../../grader/tally/control-arm.js';
import { cellsOfRuns, plannedCells, plannedRuns } from '../../../grader/plan/run-cells.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import { countSettled } from '../../../grader/campaign/settled.js';
import type { RunRecord } from '../../../harness/index.js';
import {
  alicesRuns,
  failing,
  planOf,
  recordOf,
  someRun,
  unknown,
  withControl,
} from '../support.js';

/** A count of three runs, and a way to tell it of an attempt at one of them. */
function counting() {
  const runs = alicesRuns(3);
  const settled = countSettled(cellsOfRuns(runs));
  const tell = (index: number, changes: Partial<RunRecord> = {}) =>
    settled.add(recordOf(runs[index] ?? expect.fail('no such run'), changes));
  return { settled, tell };
}

describe('the settled runs', () => {
  it('are those that passed or failed, at once', () => {
    const { settled, tell } = counting();
    expect([tell(0), tell(1, failing('lost'))]).to.deep.equal([true, true]);
    expect(settled.counts()).to.deep.equal({ done: 2, failed: 1, unknown: 0 });
  });

  it('are those that no further attempt is made at', () => {
    const { settled, tell } = counting();
    const attempts = [0, 1, 2].map((attempt) => tell(0, unknown('disturbed', attempt)));
    expect(attempts).to.deep.equal([false, false, true]);
    // A broken kit is given one more chance only.
    const broken = [0, 1].map((attempt) => tell(1, unknown('kit-broke', attempt)));
    expect(broken).to.deep.equal([false, true]);
    expect(settled.counts()).to.deep.equal({ done: 2, failed: 0, unknown: 2 });
  });

  it('count once, and no runs of others', () => {
    const { settled, tell } = counting();
    tell(0);
    expect(tell(0)).to.be.false;
    expect(settled.add(recordOf(someRun(7)))).to.be.false;
    expect(settled.counts()).to.deep.equal({ done: 1, failed: 0, unknown: 0 });
  });

  it('may be fewer with each decision, and as many more as were under way', () => {
    const plan = planOf(['alice', 'bob'], ['append'], 40);
    const runs = plannedRuns(plan);
    const settled = countSettled(plannedCells(plan), { stopping: DEFAULT_STOPPING });
    expect(settled.counts()).to.include({ done: 0, atMost: 80, likely: 64 });
    const alices = runs.filter(({ submission }) => submission.name === 'alice');
    for (const run of alices.slice(0, 3)) settled.add(recordOf(run, failing('lost')));
    expect(settled.counts()).to.include({ done: 3, atMost: 43, likely: 35 });
    for (const run of alices.slice(3, 5)) settled.add(recordOf(run));
    expect(settled.counts()).to.include({ done: 5, atMost: 45, likely: 37 });
  });

  it('include those of the control arm', () => {
    const plan = withControl(planOf(['alice'], ['append'], 40));
    const control = { cells: controlCells(plan), oneIn: 20 };
    const settled = countSettled(plannedCells(plan), { stopping: DEFAULT_STOPPING, control });
    expect(settled.counts()).to.include({ atMost: 42, likely: 33 });
    for (const run of controlRuns(plan)) settled.add(recordOf(run));
    expect(settled.counts()).to.include({ done: 2, atMost: 42 });
  });
});
