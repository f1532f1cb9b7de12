import { expect } from 'chai';
import * as fc from 'fast-check';
import { begunRuns } from '../../../grader/campaign/begun-runs.js';
import type { RunQueue, ScheduledRun } from '../../../grader/campaign/run-queue.js';
import { queueUntilDecided } from '../../../grader/campaign/sequential-queue.js';
import { groupBy } from '../../../grader/ground/group-by.js';
import { firstOf, plannedCells, type RunCell } from '../../../grader/plan/run-cells.js';
import type { Stopping } from '../../../grader/statistics/sequential/stopping.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import { randomFrom, type Random, type RunRecord } from '../../../harness/index.js';
import { failing, planOf, recordOf, unknown } from '../support.js';
import { plainQueue } from './plain-queue.js';

const CAP = 45;

/** The usual one, and one that decides after a few runs. */
const STOPPINGS: Stopping[] = [
  DEFAULT_STOPPING,
  { acceptable: 0.05, unacceptable: 0.5, falseAlarm: 0.1, miss: 0.1 },
];

interface Case {
  cells: RunCell[];
  stopping: Stopping;
  /** Failure rate of each submission, and the rate at which an attempt cannot be judged. */
  rates: Record<string, number>;
  unjudged: number;
}

function caseFrom(random: Random): Case {
  const names = ['a', 'b', 'c'].slice(0, random.integer(1, 3));
  const planned = plannedCells(planOf(names, ['put', 'get'], CAP));
  const cells = planned.map((cell) => firstOf(cell, random.integer(1, CAP)));
  return {
    cells,
    stopping: random.pick(STOPPINGS),
    rates: Object.fromEntries(names.map((name) => [name, random.pick([0, 0.03, 0.3, 1])])),
    unjudged: random.pick([0, 0.1, 0.5]),
  };
}

function attemptAfter({ verdict, attempt }: RunRecord): number | undefined {
  return verdict === 'unknown' && attempt < 2 ? attempt + 1 : undefined;
}

function openBoth(
  { cells, stopping }: Case,
  records: readonly RunRecord[],
  jobs: () => number,
): { queue: RunQueue; model: RunQueue } {
  const last = (attempts: readonly RunRecord[]) => attemptAfter(attempts.at(-1) ?? expect.fail());
  const begun = begunRuns(
    cells,
    groupBy(records, ({ key }) => key),
    last,
  );
  return {
    queue: queueUntilDecided(cells, { stopping, jobs, begun }),
    model: plainQueue(cells, { stopping, jobs, records, attemptAfter }),
  };
}

function ending({ run, attempt }: ScheduledRun, { rates, unjudged }: Case, random: Random) {
  if (random.chance(unjudged)) return recordOf(run, unknown('disturbed', attempt));
  const fails = random.chance(rates[run.submission.name] ?? 0);
  return recordOf(run, { attempt, ...(fails ? failing('lost') : {}) });
}

/**
 * Plays a case on both queues, with a number of jobs that changes now and then and runs that end in any order; every
 * answer must be the same. Gives all records.
 */
function play(one: Case, earlier: readonly RunRecord[], random: Random): RunRecord[] {
  let jobs = random.integer(1, 9);
  const { queue, model } = openBoth(one, earlier, () => jobs);
  const records = [...earlier];
  const underWay: ScheduledRun[] = [];
  const fill = () => {
    while (underWay.length < jobs) {
      const next = queue.next();
      expect(next).to.deep.equal(model.next());
      expect(queue.waiting).to.equal(model.waiting);
      if (next === undefined) return;
      underWay.push(next);
    }
  };
  for (fill(); underWay.length > 0; fill()) {
    const [ended] = underWay.splice(random.integer(0, underWay.length - 1), 1);
    if (ended === undefined) break;
    const record = ending(ended, one, random);
    const attempt = attemptAfter(record);
    const again = attempt === undefined ? undefined : { run: ended.run, attempt };
    records.push(record);
    queue.finished(record, again);
    model.finished(record, again);
    if (random.chance(0.1)) jobs = random.integer(1, 9);
  }
  return records;
}

describe('the queue of sequential runs', () => {
  it('decides as its plain model does, begun anywhere and with jobs that come and go', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (seed, cut) => {
        const random = randomFrom(seed);
        const one = caseFrom(random);
        const records = play(one, [], random);
        play(one, records.slice(0, cut % (records.length + 1)), random);
      }),
      { numRuns: 60 },
    );
  });
});
