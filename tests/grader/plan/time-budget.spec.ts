import { expect } from 'chai';
import * as fc from 'fast-check';
import { createScheduler } from '../../../grader/campaign/scheduler.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import type { Plan } from '../../../grader/plan/plan.js';
import { plannedCells, plannedRuns } from '../../../grader/plan/run-cells.js';
import { redactFor } from '../../../grader/results/redaction.js';
import { replaysOf } from '../../../grader/plan/replays.js';
import { renderTerminal } from '../../../grader/views/terminal/terminal.js';
import { renderStaffPage } from '../../../grader/views/pages/staff-page.js';
import { buildResults } from '../../../grader/results/build-results.js';
import { budgetsOf, spentMs, USUAL_BUDGET } from '../../../grader/plan/time-budget.js';
import type { RunRecord } from '../../../harness/index.js';
import { planOf, recordOf, unknown } from '../support.js';
import { cleaned } from '../../../grader/text/sanitize.js';

const PLAN: Plan = {
  ...planOf(['quick', 'slow'], ['chaos', 'view-zero'], 20),
  budget: { ms: 5000 },
};

/** Those of `quick` take 10 ms, those of the other one a second. */
function durationOf({ submission }: Pick<RunRecord, 'submission'>): number {
  return submission.name === 'quick' ? 10 : 1000;
}

/** Carries the plan out one run at a time, from what is there already and up to so many more; gives all attempts. */
function carryOut(plan: Plan, before: readonly RunRecord[] = [], most = Infinity): RunRecord[] {
  const limits = budgetsOf(plan);
  const records = [...before];
  const scheduler = createScheduler(plannedCells(plan), {
    jobs: 1,
    records,
    stopping: plan.stopping,
    ...(limits.size === 0 ? {} : { budget: { limits, spent: spentMs(plan, records) } }),
  });
  for (let done = 0; done < most; done += 1) {
    const next = scheduler.next();
    if (next === undefined) return records;
    const blank = recordOf(next.run, { attempt: next.attempt });
    const record = { ...blank, durationMs: durationOf(blank) };
    records.push(record);
    scheduler.finished(record);
  }
  return records;
}

function runsOf(name: string, records: readonly RunRecord[]): number {
  return records.filter(({ submission }) => submission.name === name).length;
}

const context = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

describe('the time that the runs of a submission may take', () => {
  it('ends its runs, and nobody else’s', () => {
    const records = carryOut(PLAN);
    expect(runsOf('slow', records)).to.equal(5);
    expect(runsOf('quick', records)).to.equal(40);
    const { budget: _budget, ...unlimited } = PLAN;
    expect(runsOf('slow', carryOut(unlimited))).to.equal(40);
  });

  it('ends them also where scenarios are run until they are decided', () => {
    const records = carryOut({ ...PLAN, stopping: DEFAULT_STOPPING });
    expect(runsOf('slow', records)).to.equal(5);
    expect(runsOf('quick', records)).to.equal(40);
  });

  it('is the same wherever a grading was interrupted', () => {
    const whole = carryOut(PLAN).map(({ key }) => key);
    fc.assert(
      fc.property(fc.nat({ max: 45 }), (most) => {
        const resumed = carryOut(PLAN, carryOut(PLAN, [], most));
        expect(resumed.map(({ key }) => key)).to.deep.equal(whole);
      }),
    );
  });

  it('counts all attempts and replays, and no runs that were begun anew since', () => {
    const [run, other] = plannedRuns(PLAN).filter(({ submission }) => submission.name === 'slow');
    if (run === undefined || other === undefined) throw new Error('there are no runs');
    const [replay] = replaysOf(run, 1);
    if (replay === undefined) throw new Error('there is no replay');
    const took = (ms: number, one = run, changes: Partial<RunRecord> = {}) =>
      recordOf(one, { ...changes, durationMs: ms });
    const records = [
      took(1, run, unknown('disturbed')),
      took(2, run, { attempt: 1 }),
      took(4, replay),
      took(8, { ...other, key: 'slow/chaos/r1/0' }),
    ];
    expect(spentMs(PLAN, records).get('slow')).to.equal(7);
  });

  it('follows from what the reference takes, and is long enough for few runs', () => {
    const usual = (runs: number) =>
      budgetsOf({ ...planOf(['a'], ['chaos', 'made-up'], runs), budget: USUAL_BUDGET }).get('a') ??
      0;
    expect(usual(1)).to.equal(600_000);
    expect(usual(2000)).to.be.above(2000 * 8 * 5000);
    expect(usual(4000)).to.be.closeTo(2 * usual(2000), 1);
    expect(budgetsOf(planOf(['a'], ['chaos'], 9)).size).to.equal(0);
  });

  it('is told to staff when it was used up, and not to students', () => {
    const results = buildResults(PLAN, carryOut(PLAN), context);
    const [quick, slow] = results.submissions;
    expect(quick).not.to.have.property('outOfTime');
    expect(slow?.outOfTime).to.deep.equal({ budgetMs: 5000, spentMs: 5000, undone: 35 });
    const says = '35 planned runs were not done: the other runs took 5 s';
    expect(renderTerminal(cleaned(results), { color: false }).replaceAll(/\s+/g, ' ')).to.contain(
      says,
    );
    expect(renderStaffPage(results)).to.contain(says);
    expect(JSON.stringify(redactFor(results, 'slow'))).not.to.contain('outOfTime');
    const done = buildResults(PLAN, carryOut({ ...PLAN, budget: { ms: 40_000 } }), context);
    expect(done.submissions[1]).not.to.have.property('outOfTime');
  });
});
