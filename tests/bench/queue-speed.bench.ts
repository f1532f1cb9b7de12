/**
 * What a queue costs a run, and how many runs more agents do: made-up runs that wait, with a real Redis and agents that
 * are processes. A pair is the same runs in a pool of this process and then over a queue with as many slots.
 */

import { execute } from '../../grader/campaign/execute.js';
import type { Pool } from '../../grader/campaign/pool.js';
import { openQueuePool, type QueuePool } from '../../grader/campaign/queue/queue-pool.js';
import type { Plan } from '../../grader/plan/plan.js';
import { countRuns, plannedCells } from '../../grader/plan/run-cells.js';
import { kitVersion } from '../../grader/plan/preparation.js';
import { noIsolation } from '../../harness/index.js';
import { madeUpPlan, submissionsOf } from '../grader/campaign/queue/made-up-runs.js';
import { madeUpWorkers } from '../grader/campaign/queue/made-up-workers.js';
import { startProgram } from '../grader/campaign/queue/stand.js';
import { eventually } from '../support/eventually.js';
import { startRedis } from '../support/redis.js';
import { summarise, type BenchResult } from './bench.js';
import { inScratch } from './fixtures/scratch.js';

export const onlyWhenNamed = true;

const SLOTS = 4;
const RUN_MS = 100;
const PAIRS = 3;
const AGENTS = [1, 2, 4];

export async function bench(): Promise<BenchResult[]> {
  const plan = await madeUpPlan({ submissions: 10, scenarios: 10, runs: 3 });
  const costs: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const localMs = await timeOf(plan, localPool());
    costs.push(((await queueMs(plan, 1)) - localMs) / (countRuns(plannedCells(plan)) / SLOTS));
  }
  const times: number[] = [];
  for (const agents of AGENTS) times.push(await queueMs(plan, agents));
  const [one = 0] = times;
  return [
    summarise('a run over a queue, more than in a pool of this process', 'ms', costs),
    ...AGENTS.map((agents, at) =>
      summarise(`${agents} × ${SLOTS} slots, against 1 × ${SLOTS}`, 'times as fast', [
        one / (times[at] ?? NaN),
      ]),
    ),
  ];
}

function localPool(): Pool {
  const workers = madeUpWorkers(
    { address: '', name: 'here', jobs: SLOTS, runMs: RUN_MS, isCalm: true },
    () => {},
  );
  return {
    slots: () => SLOTS,
    perform: async (order, timeoutMs) => ({
      report: await workers.perform(order, timeoutMs),
      recorded: () => {},
    }),
    giveUp: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** How long all runs of a plan take, in ms. */
function timeOf(plan: Plan, pool: Pool): Promise<number> {
  return inScratch(async (directory) => {
    const submissions = await submissionsOf(plan);
    const startedMs = performance.now();
    await execute({
      cells: plannedCells(plan),
      submissions,
      directory,
      pool,
      jobs: SLOTS,
      signal: new AbortController().signal,
      onRecord: () => Promise.resolve(),
    });
    return performance.now() - startedMs;
  });
}

/** The same over a queue with so many agents, from when all of them are ready. */
async function queueMs(plan: Plan, agents: number): Promise<number> {
  const redis = await startRedis({ isDurable: true });
  const { address } = redis;
  const running = Array.from({ length: agents }, (_, at) =>
    startProgram('agent', {
      address,
      name: `agent-${at}`,
      jobs: SLOTS,
      runMs: RUN_MS,
      isCalm: true,
    }),
  );
  const state = { live: 0 };
  const pool = await openPool(address, plan, state);
  try {
    await eventually('all agents', () => state.live === agents && running.every(isAtWork));
    return await timeOf(plan, pool);
  } finally {
    await pool.finish();
    await Promise.all(running.map((one) => one.end()));
    await redis.stop();
  }
}

function isAtWork({ stderr }: { stderr: string }): boolean {
  return stderr.includes('works for campaign');
}

function openPool(address: string, { seed }: Plan, state: { live: number }): Promise<QueuePool> {
  return openQueuePool({
    address,
    campaign: {
      id: `speed-${seed}`,
      kit: kitVersion(),
      scenarios: {},
      isolation: noIsolation(),
      leaseMs: 5000,
    },
    recorded: [],
    unsafe: new Map(),
    keepState({ hosts }) {
      state.live = hosts.filter(({ isLive }) => isLive).length;
      return Promise.resolve();
    },
    say: () => {},
  });
}
