import { expect } from 'chai';
import * as fc from 'fast-check';
import { compareText } from '../../../grader/text/compare-text.js';
import type { Plan, PlannedRun } from '../../../grader/plan/plan.js';
import { PLAN } from '../../../grader/plan/plan.js';
import { countRuns, plannedCells } from '../../../grader/plan/run-cells.js';
import { planOfShard, shareOfControl, wholePlan } from '../../../grader/plan/shard.js';
import { budgetsOf } from '../../../grader/plan/time-budget.js';
import { controlRuns } from '../../../grader/tally/control-arm.js';
import { SCENARIOS } from '../../../harness/index.js';
import { gradeFakely, shardsOf } from '../fake-grading.js';
import { planOf, withControl } from '../support.js';

const IDS = SCENARIOS.map(({ id }) => id);

/** Plans of 1 to 12 submissions, some of which leave scenarios out or cannot be graded. */
const plans = fc
  .record({
    leftOut: fc.array(fc.option(fc.subarray(IDS.slice(0, 20)), { freq: 4 }), {
      minLength: 1,
      maxLength: 12,
    }),
    ids: fc.subarray(IDS, { minLength: 1, maxLength: 20 }),
    runs: fc.integer({ min: 1, max: 7 }),
    oneIn: fc.integer({ min: 2, max: 9 }),
  })
  .map(({ leftOut, ids, runs, oneIn }) => {
    const names = leftOut.map((_, at) => `student-${at}`);
    const plan = withControl(planOf(names, ids, runs), oneIn);
    const submissions = plan.submissions.map((one, at) => {
      const missing = leftOut[at];
      return missing === null || missing === undefined
        ? { ...one, ungradable: 'it is empty' }
        : { ...one, leftOut: missing };
    });
    return { ...plan, submissions };
  });

const counts = fc.integer({ min: 1, max: 9 });

function loadOf(plan: Plan): number {
  const runMs = plan.shard?.runMs ?? {};
  return plannedCells(plan).reduce(
    (sum, { scenario, length }) => sum + length * (runMs[scenario] ?? NaN),
    0,
  );
}

describe('the shards of a plan', () => {
  it('have each cell of the whole plan once, with the same runs', () => {
    fc.assert(
      fc.property(plans, counts, (plan, of) => {
        const keys = (one: Plan) => plannedCells(one).map((cell) => cell.at(0));
        const all = shardsOf(plan, of).flatMap(keys);
        const byKey = (a: PlannedRun, b: PlannedRun) => compareText(a.key, b.key);
        expect(all.toSorted(byKey)).to.deep.equal(keys(plan).toSorted(byKey));
      }),
    );
  });

  it('differ in their expected time by one cell at the most', () => {
    fc.assert(
      fc.property(plans, counts, (plan, of) => {
        const shards = shardsOf(plan, of);
        const loads = shards.map(loadOf);
        const [first] = shards;
        const longest = plannedCells(plan).map(
          ({ scenario, length }) => length * (first?.shard?.runMs[scenario] ?? NaN),
        );
        const difference = Math.max(...loads) - Math.min(...loads);
        expect(difference).to.be.at.most(Math.max(0, ...longest) + 1e-6);
      }),
    );
  });

  it('take about the same time: one submission on 8 machines, within 2 %', () => {
    const loads = shardsOf(planOf(['alice'], IDS, 100), 8).map(loadOf);
    const mean = loads.reduce((a, b) => a + b, 0) / loads.length;
    expect(Math.max(...loads) / mean).to.be.below(1.02);
  });

  it('share the cells of each submission, also where the class is a multiple of them', () => {
    const names = Array.from({ length: 16 }, (_, at) => `student-${at}`);
    for (const shard of shardsOf(planOf(names, IDS, 2), 8)) {
      const own = plannedCells(shard).filter(({ submission }) => submission.name === 'student-3');
      expect(own.length).to.be.within(IDS.length / 16, IDS.length / 4);
    }
  });

  it('depend on the durations in the plan, and not on the calibration of this kit', () => {
    const plan = planOfShard(planOf(['alice'], ['put', 'get', 'append'], 2), { index: 1, of: 2 });
    const runMs = { put: 1, get: 1000, append: 1 };
    const scenarios = (index: number) =>
      plannedCells({ ...plan, shard: { index, of: 2, runMs } }).map(({ scenario }) => scenario);
    expect([scenarios(1), scenarios(2)]).to.deep.equal([['get'], ['put', 'append']]);
  });

  it('are in plans that can be read back, and in none with an index beyond their number', () => {
    const plan = planOfShard(planOf(['alice'], ['put'], 2), { index: 2, of: 2 });
    expect(PLAN.parse(JSON.parse(JSON.stringify(plan)))).to.deep.equal(plan);
    expect(wholePlan(plan)).to.deep.equal(planOf(['alice'], ['put'], 2));
    const runMs = { put: 1 };
    for (const [index, of] of [
      [3, 2],
      [0, 2],
      [1.5, 2],
    ] as const) {
      expect(PLAN.safeParse({ ...plan, shard: { index, of, runMs } }).success).to.equal(false);
    }
  });
});

describe('the control runs of shards', () => {
  it('are those of the whole plan, and each shard does all of its own', () => {
    fc.assert(
      fc.property(plans, counts, (plan, of) => {
        const keys = shardsOf(plan, of).flatMap((shard) => {
          const own = controlRuns(shard).map(({ key }) => key);
          const isControl = (key: string) => key.startsWith('control/');
          const done = gradeFakely(shard, () => ({}), { jobs: 3 }).map(({ key }) => key);
          expect(done.filter(isControl).toSorted()).to.deep.equal(own.toSorted());
          return own;
        });
        const whole = controlRuns(plan).map(({ key }) => key);
        expect(keys.toSorted()).to.deep.equal(whole.toSorted());
      }),
      { numRuns: 30 },
    );
  });

  it('take all scenarios in turn, also where their number is a multiple of the shards', () => {
    const { positions } = shareOfControl([40, 40], { index: 1, of: 2 }, { oneIn: 2, scenarios: 4 });
    expect(positions).to.have.length(40);
    expect(new Set(positions.map((position) => position % 4))).to.have.property('size', 4);
    expect(Math.max(...positions.slice(0, 10))).to.be.at.most(20);
  });
});

describe('the time budget of a shard', () => {
  it('is the part of its cells, and the parts are the whole', () => {
    fc.assert(
      fc.property(plans, counts, (plan, of) => {
        const budget = { ms: 1_000_000 };
        const sums = new Map<string, number>();
        for (const shard of shardsOf({ ...plan, budget }, of)) {
          for (const [name, ms] of budgetsOf(shard)) sums.set(name, (sums.get(name) ?? 0) + ms);
        }
        const withRuns = new Set(plannedCells(plan).map(({ submission }) => submission.name));
        expect([...sums.keys()].toSorted()).to.deep.equal([...withRuns].toSorted());
        for (const ms of sums.values()) expect(ms).to.be.within(budget.ms, budget.ms + of);
      }),
    );
  });
});

describe('the number of runs', () => {
  it('is that of the shard where its cells are counted', () => {
    const plan = planOf(['alice', 'bob'], ['put', 'get'], 5);
    const runs = shardsOf(plan, 3).map((one) => countRuns(plannedCells(one)));
    expect(runs.toSorted((a, b) => a - b)).to.deep.equal([5, 5, 10]);
  });
});
