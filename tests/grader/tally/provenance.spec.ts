import { expect } from 'chai';
import { isTooBusy, loadOf } from '../../../grader/tally/provenance.js';
import { alicesRuns, recordOf, someRun, unknown } from '../support.js';

describe('the load of a machine', () => {
  it('is told by all attempts: how many were disturbed, and how late the kit was', () => {
    const attempts = alicesRuns(200).map((run, n) => recordOf(run, { lagMs: n + 1 }));
    const disturbed = recordOf(someRun(200), { ...unknown('disturbed'), lagMs: 900 });
    const other = recordOf(someRun(201), { ...unknown('fault-never-bit'), lagMs: 0 });
    expect(loadOf([...attempts, disturbed, other])).to.deep.equal({
      attempts: 202,
      disturbedAttempts: 1,
      lagMs: { median: 100, p99: 199, worst: 900 },
    });
  });

  it('says nothing of lateness where nothing was run', () => {
    const build = recordOf(someRun(0), { durationMs: 0, lagMs: 0 });
    expect(loadOf([build])).to.deep.equal({ attempts: 1, disturbedAttempts: 0 });
    expect(loadOf([])).to.deep.equal({ attempts: 0, disturbedAttempts: 0 });
  });

  it('is too much where a quarter of the attempts was disturbed', () => {
    expect(isTooBusy({ attempts: 100, disturbedAttempts: 25 })).to.equal(true);
    expect(isTooBusy({ attempts: 100, disturbedAttempts: 24 })).to.equal(false);
    expect(isTooBusy({ attempts: 0, disturbedAttempts: 0 })).to.equal(false);
  });
});
