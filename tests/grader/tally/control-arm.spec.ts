import { expect } from 'chai';
import { controlArmOf, controlCells, controlRuns } from '../../../grader/tally/control-arm.js';
import { plannedCells, plannedRuns } from '../../../grader/plan/run-cells.js';
import { createScheduler } from '../../../grader/campaign/scheduler.js';
import { tally } from '../../../grader/tally/tally.js';
import type { RunRecord } from '../../../harness/index.js';
import { failing, planOf, recordOf, unknown, withControl } from '../support.js';

const PLAN = withControl(planOf(['alice', 'control-2'], ['put', 'append', 'get'], 40));
const CONTROL = controlRuns(PLAN);

/** The submissions of all runs in the order in which they are given out, one at a time. */
function order(records: readonly RunRecord[] = [], stopAfter = Infinity): RunRecord[] {
  const control = { cells: controlCells(PLAN), oneIn: 20 };
  const scheduler = createScheduler(plannedCells(PLAN), { jobs: 1, records, control });
  const done: RunRecord[] = [];
  while (done.length < stopAfter) {
    const next = scheduler.next();
    if (next === undefined) break;
    done.push(recordOf(next.run, { attempt: next.attempt }));
    scheduler.finished(recordOf(next.run, { attempt: next.attempt }));
  }
  return done;
}

function isControl({ submission }: RunRecord): boolean {
  return submission.name === 'control';
}

describe('the control arm', () => {
  it('has one run after every 19 of submissions', () => {
    const done = order();
    expect(done).to.have.length(240 + 12);
    const places = done.flatMap((record, place) => (isControl(record) ? [place] : []));
    expect(places).to.deep.equal(Array.from({ length: 12 }, (_, n) => 19 + 20 * n));
  });

  it('has the seeds that the submissions meet, and all scenarios in turn', () => {
    const seeds = new Set(plannedRuns(PLAN).map(({ scenario, seed }) => `${scenario} ${seed}`));
    expect(CONTROL.every(({ scenario, seed }) => seeds.has(`${scenario} ${seed}`))).to.be.true;
    expect(CONTROL.slice(0, 4).map(({ key }) => key)).to.deep.equal([
      'control/put/0',
      'control/append/0',
      'control/get/0',
      'control/put/1',
    ]);
  });

  it('comes to the same runs wherever a grading is interrupted', () => {
    const keys = (records: readonly RunRecord[]) => records.map(({ key }) => key).toSorted();
    const expected = keys(order());
    for (const stop of [0, 1, 18, 19, 20, 21, 100, 251]) {
      const before = order([], stop);
      expect(keys([...before, ...order(before)]), `after ${stop}`).to.deep.equal(expected);
    }
  });

  it('is in no tally of a submission', () => {
    const records = CONTROL.map((run) => recordOf(run, failing('lost-write')));
    const tallies = tally(records, { planned: plannedRuns(PLAN) });
    expect(tallies.reduce((sum, { runs }) => sum + runs, 0)).to.equal(0);
  });

  it('is safe as long as the reference never failed, and says what was not done', () => {
    const records = CONTROL.slice(1).map((run, n) =>
      recordOf(run, n === 3 ? unknown('disturbed') : {}),
    );
    expect(controlArmOf(PLAN, records)).to.deep.include({
      oneIn: 20,
      planned: 12,
      runs: 11,
      passed: 10,
      failed: 0,
      unknown: 1,
      failures: [],
      safe: true,
    });
  });

  it('is not safe after a single failure, and names it', () => {
    const records = CONTROL.map((run, n) => recordOf(run, n === 4 ? failing('stale-read') : {}));
    const arm = controlArmOf(PLAN, records);
    expect(arm).to.include({ failed: 1, safe: false });
    expect(arm?.failureRate.estimate).to.be.closeTo(1 / 12, 1e-12);
    expect(arm?.failures).to.deep.equal([
      {
        scenario: 'append',
        signature: 'stale-read',
        class: 'safety',
        count: 1,
        exampleRun: 'control/append/1',
        seed: CONTROL[4]?.seed,
        reason: 'A write is gone.',
      },
    ]);
  });

  it('is not there without one in the plan', () => {
    const plan = planOf(['alice'], ['put'], 40);
    expect(controlRuns(plan)).to.deep.equal([]);
    expect(controlArmOf(plan, [])).to.equal(undefined);
  });

  it('tries a disturbed run of its own again before the next one', () => {
    const control = { cells: controlCells(PLAN), oneIn: 2 };
    const scheduler = createScheduler(plannedCells(PLAN), { jobs: 1, control });
    const given: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const next = scheduler.next() ?? expect.fail('nothing is next');
      given.push(`${next.run.key}#${next.attempt}`);
      const ending = n === 1 ? unknown('disturbed') : {};
      scheduler.finished(recordOf(next.run, { ...ending, attempt: next.attempt }));
    }
    expect(given.filter((one) => one.startsWith('control/'))).to.deep.equal([
      'control/put/0#0',
      'control/put/0#1',
      'control/append/0#0',
    ]);
  });
});
