import { expect } from 'chai';
import { CALM_RUNS } from '../../../grader/campaign/calm.js';
import {
  createScheduler,
  isWorthAnother,
  mayBeSettled,
} from '../../../grader/campaign/scheduler.js';
import type { ScheduledRun } from '../../../grader/campaign/run-queue.js';
import type { Scheduler } from '../../../grader/campaign/scheduler.js';
import type { RunRecord } from '../../../harness/index.js';
import { alicesCells, failing, recordOf, someRun, unknown } from '../support.js';

/** Takes the next run, which must be there. */
function take(scheduler: Scheduler): ScheduledRun {
  return scheduler.next() ?? expect.fail('no run is next');
}

function finish(
  scheduler: Scheduler,
  { run, attempt }: ScheduledRun,
  changes: Partial<RunRecord> = {},
): void {
  scheduler.finished(recordOf(run, { ...changes, attempt }));
}

/** Runs everything, one at a time, ending each run as told; gives `key#attempt` in order. */
function drain(scheduler: Scheduler, end: (next: ScheduledRun) => Partial<RunRecord>): string[] {
  const order: string[] = [];
  for (let next = scheduler.next(); next !== undefined; next = scheduler.next()) {
    order.push(`${next.run.index}#${next.attempt}`);
    finish(scheduler, next, end(next));
  }
  return order;
}

function ids(records: readonly RunRecord[]): string[] {
  return records.map(({ key, attempt }) => `${key}#${attempt}`).toSorted();
}

describe('the scheduler', () => {
  it('gives out the runs in the order of the plan, each once', () => {
    const scheduler = createScheduler(alicesCells(3), { jobs: 1 });
    expect(drain(scheduler, () => ({}))).to.deep.equal(['0#0', '1#0', '2#0']);
    expect(scheduler).to.include({ underWay: 0, waiting: 0 });
  });

  it('never has more under way than the limit', () => {
    const scheduler = createScheduler(alicesCells(3), { jobs: 2 });
    const first = take(scheduler);
    take(scheduler);
    expect(scheduler.next()).to.equal(undefined);
    expect(scheduler).to.include({ underWay: 2, waiting: 1, limit: 2 });
    finish(scheduler, first);
    expect(take(scheduler).run.index).to.equal(2);
  });

  it('never tries a failure or a pass again', () => {
    const scheduler = createScheduler(alicesCells(2), { jobs: 1 });
    const order = drain(scheduler, ({ run }) => (run.index === 0 ? failing('lost-write') : {}));
    expect(order).to.deep.equal(['0#0', '1#0']);
  });

  const retries: [NonNullable<RunRecord['cause']>, string[]][] = [
    ['disturbed', ['0#0', '1#0', '0#1', '0#2']],
    ['fault-never-bit', ['0#0', '1#0', '0#1', '0#2']],
    ['kit-broke', ['0#0', '1#0', '0#1']],
    ['budget-exhausted', ['0#0', '1#0']],
    ['delayed-to-death', ['0#0', '1#0']],
  ];
  for (const [cause, expected] of retries) {
    it(`makes ${expected.length - 1} attempts at a run that ends in ${cause} each time, after what waits`, () => {
      const scheduler = createScheduler(alicesCells(2), { jobs: 1, maxAttempts: 3 });
      const order = drain(scheduler, ({ run }) => (run.index === 0 ? unknown(cause) : {}));
      expect(order).to.deep.equal(expected);
    });
  }

  it('keeps the seed of a run over its attempts', () => {
    const scheduler = createScheduler(alicesCells(1), { jobs: 1 });
    const first = take(scheduler);
    finish(scheduler, first, unknown('fault-never-bit'));
    expect(take(scheduler).run).to.equal(first.run);
  });

  it('lowers the limit by one for each disturbed run, down to one', () => {
    const scheduler = createScheduler(alicesCells(9), { jobs: 3 });
    const limits = [1, 2, 3, 4].map(() => {
      finish(scheduler, take(scheduler), unknown('disturbed'));
      return scheduler.limit;
    });
    expect(limits).to.deep.equal([2, 1, 1, 1]);
  });

  it('does not lower the limit for other causes', () => {
    const scheduler = createScheduler(alicesCells(9), { jobs: 3 });
    for (const cause of ['fault-never-bit', 'kit-broke', 'budget-exhausted'] as const) {
      finish(scheduler, take(scheduler), unknown(cause));
    }
    expect(scheduler.limit).to.equal(3);
  });

  it('raises the limit by one after enough calm runs in a row, up to the jobs', () => {
    const scheduler = createScheduler(alicesCells(200), { jobs: 3 });
    finish(scheduler, take(scheduler), unknown('disturbed'));
    finish(scheduler, take(scheduler), unknown('disturbed'));
    const calmRuns = (count: number) => {
      for (let i = 0; i < count; i += 1) finish(scheduler, take(scheduler));
      return scheduler.limit;
    };
    expect(calmRuns(CALM_RUNS - 1)).to.equal(1);
    expect(calmRuns(1)).to.equal(2);
    expect(calmRuns(CALM_RUNS)).to.equal(3);
    expect(calmRuns(CALM_RUNS)).to.equal(3);
  });

  it('counts the calm from the last disturbance', () => {
    const scheduler = createScheduler(alicesCells(200), { jobs: 3 });
    for (const calm of [0, CALM_RUNS - 1, CALM_RUNS - 1]) {
      for (let i = 0; i < calm; i += 1) finish(scheduler, take(scheduler));
      finish(scheduler, take(scheduler), unknown('disturbed'));
    }
    expect(scheduler.limit).to.equal(1);
  });

  it('goes on where an interrupted grading stopped', () => {
    const planned = alicesCells(5);
    const records = [
      recordOf(someRun(0)),
      recordOf(someRun(1), unknown('disturbed')),
      recordOf(someRun(2), failing('lost-write')),
      recordOf(someRun(3), unknown('kit-broke')),
      recordOf(someRun(3), unknown('kit-broke', 1)),
    ];
    const scheduler = createScheduler(planned, { jobs: 4, records });
    expect(scheduler).to.include({ waiting: 2, limit: 4 });
    expect(drain(scheduler, () => unknown('disturbed'))).to.deep.equal([
      '1#1',
      '4#0',
      '1#2',
      '4#1',
      '4#2',
    ]);
  });

  it('comes to the same attempts wherever it is interrupted', () => {
    const planned = alicesCells(4);
    const causes = ['disturbed', 'kit-broke', 'fault-never-bit', 'budget-exhausted'] as const;
    const ending = ({ run, attempt }: ScheduledRun) =>
      recordOf(run, unknown(causes[run.index] ?? 'disturbed', attempt));
    const run = (stopAfter: number, records: RunRecord[]): RunRecord[] => {
      const scheduler = createScheduler(planned, { jobs: 1, records });
      const done = [...records];
      for (let i = 0; i < stopAfter; i += 1) {
        const next = scheduler.next();
        if (next === undefined) break;
        done.push(ending(next));
        scheduler.finished(ending(next));
      }
      return done;
    };
    const undisturbed = ids(run(Infinity, []));
    expect(undisturbed).to.have.length(9);
    for (let stop = 0; stop <= 9; stop += 1) {
      expect(ids(run(Infinity, run(stop, [])))).to.deep.equal(undisturbed);
    }
  });

  it('does not try a build again that fails now, only one that failed before it was built', () => {
    const build = failing('build / build-failed', { class: 'build' });
    const records = [recordOf(someRun(0), build)];
    const scheduler = createScheduler(alicesCells(2), {
      jobs: 1,
      records,
      built: new Set(['alice']),
    });
    expect(drain(scheduler, () => build)).to.deep.equal(['0#1', '1#0']);
  });

  it('follows a number of jobs that changes, also down to none', () => {
    let jobs = 3;
    const scheduler = createScheduler(alicesCells(9), { jobs: () => jobs });
    finish(scheduler, take(scheduler), unknown('disturbed'));
    expect(scheduler.limit).to.equal(2);
    jobs = 5;
    expect(scheduler.limit).to.equal(4);
    jobs = 1;
    expect(scheduler.limit).to.equal(1);
    jobs = 0;
    expect(scheduler.limit).to.equal(0);
    expect(scheduler.next()).to.equal(undefined);
    jobs = 2;
    expect(take(scheduler).run.index).to.equal(1);
  });

  it('refuses a record of a run that it did not give out', () => {
    const scheduler = createScheduler(alicesCells(2), { jobs: 1 });
    const next = take(scheduler);
    expect(() => scheduler.finished(recordOf(someRun(1)))).to.throw('is not under way');
    expect(() => scheduler.finished(recordOf(next.run, { attempt: 1 }))).to.throw('not under way');
    finish(scheduler, next);
    expect(() => finish(scheduler, next)).to.throw('not under way');
  });

  it('refuses to run nothing at once', () => {
    for (const jobs of [0, -1, 1.5, NaN]) {
      expect(() => createScheduler([], { jobs })).to.throw(RangeError);
    }
  });
});

describe('another attempt', () => {
  it('is not worth it before there was one', () => {
    expect(isWorthAnother([], 3)).to.be.false;
  });

  it('is worth it for a kit that broke once, also after a disturbance', () => {
    const disturbed = recordOf(someRun(0), unknown('disturbed'));
    const broke = recordOf(someRun(0), unknown('kit-broke', 1));
    expect(isWorthAnother([disturbed, broke], 3)).to.be.true;
    expect(isWorthAnother([disturbed, broke], 2)).to.be.false;
  });

  it('is not worth it for a fault that had no effect in the same run twice', () => {
    const attempted = (attempt: number) =>
      recordOf(someRun(0), { ...unknown('fault-never-bit', attempt), trace: 'same' });
    const [first, again] = [attempted(0), attempted(1)];
    expect(isWorthAnother([first], 3)).to.be.true;
    expect(isWorthAnother([first, again], 3)).to.be.false;
    expect(isWorthAnother([first, { ...again, trace: 'other' }], 3)).to.be.true;
    const { trace: _, ...real } = again;
    expect(isWorthAnother([first, real], 3), 'in real time').to.be.true;
    expect([first, again, real].map((latest) => mayBeSettled(latest))).to.deep.equal([
      false,
      true,
      false,
    ]);
  });
});
