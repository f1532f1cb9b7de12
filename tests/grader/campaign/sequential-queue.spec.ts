import { expect } from 'chai';
import * as fc from 'fast-check';
import { controlCells, controlRuns } from '../../../grader/tally/control-arm.js';
import type { Plan, PlannedRun } from '../../../grader/plan/plan.js';
import { cellsOfRuns, plannedCells, plannedRuns } from '../../../grader/plan/run-cells.js';
import type { ScheduledRun } from '../../../grader/campaign/run-queue.js';
import { createScheduler } from '../../../grader/campaign/scheduler.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import { tally } from '../../../grader/tally/tally.js';
import { randomFrom, type Random, type RunRecord } from '../../../harness/index.js';
import { failing, planOf, recordOf, unknown, withControl } from '../support.js';

const CAP = 70;

/** How often each submission fails; those that are decided at once, late, or not at all. */
const RATES: Record<string, number> = { sound: 0, broken: 1, flaky: 0.05, often: 0.3 };

const PLAN: Plan = {
  ...withControl(planOf(Object.keys(RATES), ['put', 'append'], CAP)),
  stopping: DEFAULT_STOPPING,
};

/** How an attempt ends: the same for the same run and attempt, whenever it is made. */
function endingOf({ run, attempt }: ScheduledRun): RunRecord {
  const random = randomFrom(`${run.key}#${attempt}`);
  if (random.chance(0.05)) return recordOf(run, unknown('disturbed', attempt));
  const fails = random.chance(RATES[run.submission.name] ?? 0);
  return recordOf(run, { attempt, ...(fails ? failing('lost-write') : {}) });
}

interface Grading {
  jobs: number;
  /** Attempts after which it is killed, with those under way lost. */
  killedAfter?: number;
  random: Random;
}

/** Grades until nothing is left or it is killed; runs under way end in any order. Gives all attempts. */
function grade(earlier: readonly RunRecord[], { jobs, killedAfter = Infinity, random }: Grading) {
  const control = { cells: controlCells(PLAN), oneIn: 20 };
  const { stopping } = PLAN;
  const scheduler = createScheduler(plannedCells(PLAN), {
    jobs,
    records: earlier,
    stopping,
    control,
  });
  const records = [...earlier];
  const underWay: ScheduledRun[] = [];
  for (let ended = 0; ended < killedAfter; ended += 1) {
    for (let next = scheduler.next(); next !== undefined; next = scheduler.next())
      underWay.push(next);
    const [one] = underWay.splice(random.integer(0, Math.max(0, underWay.length - 1)), 1);
    if (one === undefined) break;
    records.push(endingOf(one));
    scheduler.finished(endingOf(one));
  }
  return records;
}

function talliesOf(records: readonly RunRecord[]) {
  return tally(records, { planned: plannedRuns(PLAN), stopping: PLAN.stopping }).map((one) => {
    const { stopped, ...rest } = one;
    return { ...rest, decision: stopped?.decision, after: stopped?.after };
  });
}

/** Runs one at a time, in the order of the plan, never ahead of a decision. */
const EXPECTED = talliesOf(grade([], { jobs: 1, random: randomFrom('any') }));

describe('runs that are done until a scenario is decided', () => {
  it('are as many as it takes', () => {
    const decisions = EXPECTED.map(({ submission, decision }) => `${submission} ${decision}`);
    expect(decisions.filter((one) => one.startsWith('sound'))).to.deep.equal(
      Array(2).fill('sound acceptable'),
    );
    expect(decisions.filter((one) => one.startsWith('broken'))).to.deep.equal(
      Array(2).fill('broken unacceptable'),
    );
    expect(new Set(decisions).size, decisions.join(', ')).to.be.above(3);
    expect(EXPECTED.every(({ runs, planned }) => runs === planned)).to.be.true;
  });

  it('come to the same tallies with any number at once, killed and taken up again at any time', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.nat(90), { maxLength: 4 }),
        (seed, jobs, kills) => {
          const random = randomFrom(seed);
          const killed = kills.reduce(
            (records, killedAfter) => grade(records, { jobs, killedAfter, random }),
            new Array<RunRecord>(),
          );
          const records = grade(killed, { jobs, random });
          expect(talliesOf(records)).to.deep.equal(EXPECTED);
          expect(new Set(records.map(({ key, attempt }) => `${key}#${attempt}`)).size).to.equal(
            records.length,
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are fewer than run at once beyond a decision, and none where one runs at a time', () => {
    for (const jobs of [1, 2, 8]) {
      const records = grade([], { jobs, random: randomFrom(`jobs ${jobs}`) });
      const tallies = tally(records, { planned: plannedRuns(PLAN), stopping: DEFAULT_STOPPING });
      for (const { stopped } of tallies) expect(stopped?.surplus).to.be.below(jobs);
    }
  });

  it('run ahead of a decision only where nothing else waits', () => {
    const runs = plannedRuns(planOf(['sound', 'broken'], ['put'], CAP));
    const isSound = ({ submission }: PlannedRun) => submission.name === 'sound';
    // Of the first all but one run is done that it takes to accept it; the second has hardly begun.
    const records = runs
      .filter((run) => isSound(run) && run.index < 31)
      .map((run) => recordOf(run));
    const taken = (planned: readonly PlannedRun[]) => {
      const scheduler = createScheduler(cellsOfRuns(planned), {
        jobs: 4,
        records,
        stopping: DEFAULT_STOPPING,
      });
      return Array.from({ length: 5 }, () => scheduler.next()?.run.key);
    };
    expect(taken(runs)).to.have.members([
      'broken/put/0',
      'broken/put/1',
      'broken/put/2',
      'sound/put/31',
      undefined,
    ]);
    expect(taken(runs.filter(isSound))).to.deep.equal([
      'sound/put/31',
      'sound/put/32',
      'sound/put/33',
      'sound/put/34',
      undefined,
    ]);
  });

  it('take turns', () => {
    const scheduler = createScheduler(plannedCells(PLAN), { jobs: 8, stopping: DEFAULT_STOPPING });
    const first = Array.from({ length: 8 }, () => scheduler.next()?.run);
    expect(new Set(first.map((run) => `${run?.submission.name}/${run?.scenario}`)).size).to.equal(
      8,
    );
    expect(scheduler.waiting).to.equal(8 * CAP - 8);
  });

  it('have as many of the control arm between them as belong to them', () => {
    const records = grade([], { jobs: 3, random: randomFrom('control') });
    const isControl = ({ submission }: Pick<RunRecord, 'submission'>) =>
      submission.name === 'control';
    const done = new Set(records.filter((one) => !isControl(one)).map(({ key }) => key)).size;
    const control = new Set(records.filter(isControl).map(({ key }) => key));
    expect(control.size).to.equal(Math.floor(done / 19));
    const expected = controlRuns(PLAN).slice(0, control.size);
    expect([...control].toSorted()).to.deep.equal(keysOf(expected));
  });
});

function keysOf(runs: readonly PlannedRun[]): string[] {
  return runs.map(({ key }) => key).toSorted();
}
