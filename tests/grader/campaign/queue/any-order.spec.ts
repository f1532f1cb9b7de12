import { expect } from 'chai';
import * as fc from 'fast-check';
import { execute } from '../../../../grader/campaign/execute.js';
import { foldRecords } from '../../../../grader/campaign/fold.js';
import type { Performed, Pool } from '../../../../grader/campaign/pool.js';
import type { WorkerOrder } from '../../../../grader/campaign/worker.js';
import type { Plan } from '../../../../grader/plan/plan.js';
import { plannedCells, plannedRuns } from '../../../../grader/plan/run-cells.js';
import { DEFAULT_STOPPING } from '../../../../grader/statistics/sequential/wald-test.js';
import { tally } from '../../../../grader/tally/tally.js';
import {
  randomFrom,
  type Random,
  type ResolvedSubmission,
  type RunRecord,
} from '../../../../harness/index.js';
import { madeUpPlan, madeUpRecord, submissionsOf } from './made-up-runs.js';

/** Agents of a queue, and how they are killed. */
interface Fleet {
  agents: number;
  /** One in so many deliveries is lost with its agent, and delivered again to another. */
  lossRate: number;
  /** One in so many results comes a second time. */
  doubleRate: number;
  /** The coordinator is killed after so many records, each time. */
  coordinatorLives: readonly number[];
  seed: number;
}

const SLOTS = 3;

/** A pool in which results come in any order, some deliveries are lost, and some results come twice. */
function fleetPool({ agents, lossRate, doubleRate }: Fleet, random: Random): Pool {
  const underWay: (() => void)[] = [];
  let isTicking = false;
  const tick = () => {
    isTicking = false;
    const [deliver] = underWay.splice(random.integer(0, Math.max(0, underWay.length - 1)), 1);
    deliver?.();
    if (underWay.length > 0) schedule();
  };
  const schedule = () => {
    if (isTicking) return;
    isTicking = true;
    setImmediate(tick);
  };
  const add = (deliver: () => void) => {
    underWay.push(deliver);
    schedule();
  };
  return {
    slots: () => 2 * SLOTS * agents,
    perform: (order: WorkerOrder) =>
      new Promise<Performed>((resolve) => {
        const deliver = () => {
          if (random.chance(lossRate)) return add(deliver);
          const host = `host-${random.integer(0, agents - 1)}`;
          resolve({
            report: { kind: 'record', record: madeUpRecord(order) },
            host,
            recorded: () => {},
          });
          if (random.chance(doubleRate)) add(deliver);
        };
        add(deliver);
      }),
    giveUp: () => {
      for (const deliver of underWay.splice(0)) deliver();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

describe('a grading by a fleet of agents', function () {
  let plan: Plan;
  let submissions: Map<string, ResolvedSubmission>;

  before(async () => {
    plan = await madeUpPlan({ submissions: 3, scenarios: 2, runs: 60 });
    submissions = await submissionsOf(plan);
  });

  /** The records of all attempts, through all kills of the coordinator. */
  async function grade(fleet: Fleet, stopping: Plan['stopping']): Promise<RunRecord[]> {
    const records: RunRecord[] = [];
    const random = randomFrom(`fleet ${fleet.seed}`);
    for (const life of [...fleet.coordinatorLives, Infinity]) {
      const killed = new AbortController();
      const until = records.length + life;
      await execute({
        cells: plannedCells(plan),
        records: [...records],
        stopping,
        submissions,
        directory: '/nowhere',
        keepsEvidence: () => false,
        jobs: 1,
        pool: fleetPool(fleet, random),
        signal: killed.signal,
        onRecord(record) {
          records.push(record);
          if (records.length >= until) killed.abort();
          return Promise.resolve();
        },
      });
    }
    return records;
  }

  const FLEET = fc.record({
    agents: fc.constantFrom(1, 3, 9),
    lossRate: fc.constantFrom(0, 0.1, 0.6),
    doubleRate: fc.constantFrom(0, 0.3),
    coordinatorLives: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
    seed: fc.nat(),
  });

  const ALONE: Fleet = { agents: 1, lossRate: 0, doubleRate: 0, coordinatorLives: [], seed: 0 };

  it('has the record that each run has without it, once', async () => {
    const expected = sorted(await grade(ALONE, undefined));
    expect(foldRecords(expected)).to.have.length(plannedRuns(plan).length);
    await fc.assert(
      fc.asyncProperty(FLEET, async (fleet) => {
        expect(sorted(await grade(fleet, undefined))).to.deep.equal(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('decides as without it where scenarios are run until they are decided', async () => {
    const expected = decisions(await grade(ALONE, DEFAULT_STOPPING));
    expect(new Set(expected.map(({ decision }) => decision)).size).to.be.above(1);
    await fc.assert(
      fc.asyncProperty(FLEET, async (fleet) => {
        const records = await grade(fleet, DEFAULT_STOPPING);
        const attempts = records.map(({ key, attempt }) => `${key}#${attempt}`);
        expect(new Set(attempts).size).to.equal(attempts.length);
        expect(decisions(records)).to.deep.equal(expected);
      }),
      { numRuns: 25 },
    );
  });

  function decisions(records: readonly RunRecord[]) {
    const all = tally(withoutHosts(records), {
      planned: plannedRuns(plan),
      stopping: DEFAULT_STOPPING,
    });
    return all.map(({ stopped, ...rest }) => {
      const { decision, after } = stopped ?? {};
      return { ...rest, decision, after };
    });
  }
});

function withoutHosts(records: readonly RunRecord[]): RunRecord[] {
  return records.map((record) => {
    const copy = { ...record };
    delete copy.host;
    return copy;
  });
}

/** All attempts, whoever made them. */
function sorted(records: readonly RunRecord[]): RunRecord[] {
  const place = ({ key, attempt }: RunRecord) => `${key}#${attempt}`;
  return withoutHosts(records).toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
